package io.netverdict.storage;

/**
 * Incidents cannot be kept or read; the message says why and, where something can be done, what.
 */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
