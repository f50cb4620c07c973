package io.netverdict.hook;

/**
 * The service's answer, as a suppressed exception of the one that was reported: it then stands in
 * every log of that exception. It has no stack trace, since it was not thrown.
 */
public final class CauseHint extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Hint hint;

    CauseHint(Hint hint) {
        super(hint.toString(), null, false, false);
        this.hint = hint;
    }

    /** The answer; null after serialization, the message stays. */
    public Hint hint() {
        return hint;
    }
}
