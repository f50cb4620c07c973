package io.netverdict.capture.file;

import java.io.IOException;

/** A file that is neither pcap nor pcapng; the message is one line that says what to do. */
public final class NotACaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    NotACaptureException(String message) {
        super(message);
    }
}
