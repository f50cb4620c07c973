package io.netverdict.service.lab;

/** The lab cannot be built; the message is one line that says why and, where known, the mend. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LabException(String message) {
        super(message);
    }

    LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
