package io.netverdict.correlator.probe;

/** How the other side took what a probe sent. */
public enum Reply {
    /** With what was asked for. */
    ANSWERED,
    /** With a RST, or ICMP port unreachable. */
    REFUSED,
    /** With another ICMP error. */
    UNREACHABLE,
    /** With something that cannot be understood. */
    GARBLED,
    /** Not at all. */
    SILENT,
    /** Nothing could be sent: no right, no route. */
    NOT_SENT;

    /** The word for people and JSON. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
