package io.netverdict.nativelib.netlink;

/** Error numbers of Linux that netlink answers with, in words (errno(3)). */
public enum Errno {
    EPERM(1, "Operation not permitted"),
    ENOENT(2, "No such entry"),
    ESRCH(3, "No such entry"),
    EAGAIN(11, "Nothing there yet"),
    ENOMEM(12, "Out of memory"),
    EACCES(13, "Permission denied"),
    EBUSY(16, "Busy"),
    ENODEV(19, "No such device"),
    EINVAL(22, "Invalid argument"),
    EPROTONOSUPPORT(93, "Protocol not supported"),
    EOPNOTSUPP(95, "Operation not supported"),
    EAFNOSUPPORT(97, "Address family not supported"),
    ENETUNREACH(101, "Network is unreachable"),
    ENOBUFS(105, "No buffer space"),
    ETIMEDOUT(110, "Timed out"),
    EHOSTUNREACH(113, "No route to host"),
    OTHER(0, "error");

    private final int number;
    private final String text;

    Errno(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** The constant of a number, {@link #OTHER} where it is none of these. */
    public static Errno of(int number) {
        for (Errno errno : values()) {
            if (errno.number == number) {
                return errno;
            }
        }
        return OTHER;
    }

    /** For people. */
    public String text() {
        return text;
    }
}
