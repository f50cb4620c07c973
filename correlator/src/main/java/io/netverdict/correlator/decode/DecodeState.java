package io.netverdict.correlator.decode;

/** How far a message could be read. */
public enum DecodeState {
    /** To its end. */
    COMPLETE,
    /** Up to where its bytes were cut off or missing; what was there is fine. */
    TRUNCATED,
    /** Up to where its bytes contradict the format. */
    MALFORMED
}
