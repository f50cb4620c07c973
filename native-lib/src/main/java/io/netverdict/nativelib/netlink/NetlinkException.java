package io.netverdict.nativelib.netlink;

import java.io.IOException;

/** The kernel refused a request, or cannot be asked. */
public final class NetlinkException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    NetlinkException(String asked, int number) {
        super(
                asked
                        + ": "
                        + Errno.of(number).text()
                        + (Errno.of(number) == Errno.OTHER ? " " + number : ""));
        errno = Errno.of(number);
    }

    NetlinkException(String asked, Throwable cause) {
        super(asked + ": " + cause.getMessage(), cause);
        errno = Errno.OTHER;
    }

    /** None: that there is no such socket is an answer, which some ask for many times a second. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** What the kernel said. */
    public Errno errno() {
        return errno;
    }

    /** Whether privileges are missing. */
    public boolean denied() {
        return errno == Errno.EPERM || errno == Errno.EACCES;
    }
}
