package io.netverdict.correlator.http;

/** Whether a message was sent to its end. */
public enum Completeness {
    /** Every byte of it was seen on the wire. */
    COMPLETE,
    /** The stream ends within it, or bytes of it were never seen. */
    INCOMPLETE,
    /** What would tell where it ends was on the wire but cut from the capture. */
    UNKNOWN
}
