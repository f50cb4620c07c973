package io.netverdict.storage;

import java.util.List;

/**
 * Incidents cannot be kept or read; the message says why and, where something can be done, what.
 */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MAX_CAUSES = 20;

    /** What the system says for ENOSPC and EDQUOT; Java has no other way to tell. */
    private static final List<String> FULL =
            List.of("No space left on device", "Disk quota exceeded");

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether the disk, or this user's share of it, is full. */
    public boolean isDiskFull() {
        Throwable cause = this;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            String message = String.valueOf(cause.getMessage());
            if (FULL.stream().anyMatch(message::contains)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
