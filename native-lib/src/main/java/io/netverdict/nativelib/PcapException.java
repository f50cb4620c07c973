package io.netverdict.nativelib;

/** Why capturing is not possible; the message says what to do about it, in one line. */
public final class PcapException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of mend is needed. */
    public enum Reason {
        /** libpcap is not installed, or JNA cannot load it. */
        NO_LIBRARY,
        /** The process lacks the privilege to open the device. */
        NO_PERMISSION,
        /** There is no such device. */
        NO_SUCH_DEVICE,
        /** The device exists but is down. */
        DEVICE_DOWN,
        /** Anything else libpcap says. */
        OTHER
    }

    private final Reason reason;

    public PcapException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public PcapException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
