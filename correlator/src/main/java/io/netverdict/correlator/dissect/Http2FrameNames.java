package io.netverdict.correlator.dissect;

/** HTTP/2 frame types by name (RFC 9113 6). */
final class Http2FrameNames {
    private static final String[] NAMES = {
        "DATA",
        "HEADERS",
        "PRIORITY",
        "RST_STREAM",
        "SETTINGS",
        "PUSH_PROMISE",
        "PING",
        "GOAWAY",
        "WINDOW_UPDATE",
        "CONTINUATION"
    };

    private Http2FrameNames() {}

    /** The name, or {@code TYPEn} for a number without one. */
    static String of(int type) {
        return type >= 0 && type < NAMES.length ? NAMES[type] : "TYPE" + type;
    }
}
