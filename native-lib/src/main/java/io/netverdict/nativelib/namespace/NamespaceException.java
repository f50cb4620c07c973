package io.netverdict.nativelib.namespace;

import java.io.IOException;

/** A namespace cannot be entered; the message says what to do. */
public final class NamespaceException extends IOException {
    private static final long serialVersionUID = 1L;

    NamespaceException(String message) {
        super(message);
    }
}
