package io.netverdict.service.incident;

/** More reports are waiting for their verdicts than are let wait. */
public final class DeskOverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeskOverloadedException(int pending) {
        super(pending + " error reports are waiting for their verdicts already");
    }
}
