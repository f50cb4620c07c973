package io.netverdict.service.client;

/** The service could not be asked, or said no; the message is one line that says what to do. */
public final class ServiceException extends Exception {
    private static final long serialVersionUID = 1L;

    ServiceException(String line) {
        super(line);
    }

    ServiceException(String line, Throwable cause) {
        super(line, cause);
    }
}
