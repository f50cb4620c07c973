package io.netverdict.correlator.testing;

/** HTTP/1.1 messages as text (RFC 9112). */
public final class HttpText {
    private HttpText() {}

    public static String get(String host) {
        return get(host, "/");
    }

    public static String get(String host, String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: */*\r\n\r\n";
    }

    /** The head of an upload. */
    public static String post(String host, String path, int contentLength) {
        return "POST "
                + path
                + " HTTP/1.1\r\nHost: "
                + host
                + "\r\nContent-Length: "
                + contentLength
                + "\r\n\r\n";
    }

    /** A complete response. */
    public static String response(String statusAndReason, String body) {
        return head(statusAndReason, body.length()) + body;
    }

    /** The head of a response that announces so many bytes. */
    public static String head(String statusAndReason, int contentLength) {
        return "HTTP/1.1 " + statusAndReason + "\r\nContent-Length: " + contentLength + "\r\n\r\n";
    }
}
