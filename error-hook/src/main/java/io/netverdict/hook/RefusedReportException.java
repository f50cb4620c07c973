package io.netverdict.hook;

import java.io.IOException;

/** The service is there and does not want this report; the next one may be taken. */
final class RefusedReportException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedReportException(String message) {
        super(message);
    }
}
