package io.netverdict.nativelib.socket;

import java.io.IOException;

/** A socket call that failed; the message names the call and says why. */
public final class SocketFailure extends IOException {
    private static final long serialVersionUID = 1L;

    /** What a call failed for, as far as callers act on it. */
    public enum Reason {
        /** Takes root, or a capability. */
        NOT_PERMITTED,
        /** The packet is larger than the interface's MTU. */
        TOO_LARGE,
        /** The own host has no way there. */
        NO_ROUTE,
        REFUSED,
        UNREACHABLE,
        /** The system has no such sockets: another system, or IPv6 switched off. */
        UNSUPPORTED,
        OTHER
    }

    static final int EPERM = 1;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EMSGSIZE = 90;
    static final int EPROTONOSUPPORT = 93;
    static final int EAFNOSUPPORT = 97;
    static final int EADDRNOTAVAIL = 99;
    static final int ENETUNREACH = 101;
    static final int ETIMEDOUT = 110;
    static final int ECONNREFUSED = 111;
    static final int EHOSTUNREACH = 113;
    static final int EINPROGRESS = 115;

    private final Reason reason;

    SocketFailure(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The failure of a call with an error number of the system. */
    static SocketFailure of(String call, int errno) {
        Reason reason = reason(errno);
        return new SocketFailure(reason, call + ": " + words(reason, errno));
    }

    /** What an error number of the system stands for. */
    static Reason reason(int errno) {
        return switch (errno) {
            case EPERM, EACCES -> Reason.NOT_PERMITTED;
            case EMSGSIZE -> Reason.TOO_LARGE;
            case ENETUNREACH, EADDRNOTAVAIL -> Reason.NO_ROUTE;
            case ECONNREFUSED -> Reason.REFUSED;
            case EHOSTUNREACH, ETIMEDOUT -> Reason.UNREACHABLE;
            case EPROTONOSUPPORT, EAFNOSUPPORT -> Reason.UNSUPPORTED;
            default -> Reason.OTHER;
        };
    }

    private static String words(Reason reason, int errno) {
        return switch (reason) {
            case NOT_PERMITTED -> "not permitted; it takes root or CAP_NET_RAW";
            case TOO_LARGE -> "larger than the interface's MTU";
            case NO_ROUTE -> "no route";
            case REFUSED -> "refused";
            case UNREACHABLE -> "host unreachable";
            case UNSUPPORTED -> "this system has no such sockets";
            case OTHER -> "error " + errno;
        };
    }

    public Reason reason() {
        return reason;
    }
}
