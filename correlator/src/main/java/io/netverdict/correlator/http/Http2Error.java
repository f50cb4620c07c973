package io.netverdict.correlator.http;

/** Error codes of RST_STREAM and GOAWAY by number (RFC 9113 section 7). */
public enum Http2Error {
    NO_ERROR,
    PROTOCOL_ERROR,
    INTERNAL_ERROR,
    FLOW_CONTROL_ERROR,
    SETTINGS_TIMEOUT,
    STREAM_CLOSED,
    FRAME_SIZE_ERROR,
    REFUSED_STREAM,
    CANCEL,
    COMPRESSION_ERROR,
    CONNECT_ERROR,
    ENHANCE_YOUR_CALM,
    INADEQUATE_SECURITY,
    HTTP_1_1_REQUIRED;

    /** The name, or the number in hexadecimal. */
    public static String name(long code) {
        return code >= 0 && code < values().length
                ? values()[(int) code].name()
                : String.format("0x%x", code);
    }
}
