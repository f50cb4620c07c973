package io.netverdict.hook.okhttp;

import io.netverdict.hook.NetverdictReporter;
import okhttp3.Call;
import okhttp3.EventListener;

/** Makes a {@link ReportingEventListener} for each call. Thread-safe. */
public final class ReportingEventListenerFactory implements EventListener.Factory {
    private final CallRegister calls;
    private final EventListener.Factory next;

    public ReportingEventListenerFactory(NetverdictReporter reporter) {
        this(new CallRegister(reporter), call -> EventListener.NONE);
    }

    /**
     * @param next makes the listeners that hear of everything as well
     */
    ReportingEventListenerFactory(CallRegister calls, EventListener.Factory next) {
        this.calls = calls;
        this.next = next;
    }

    @Override
    public EventListener create(Call call) {
        return new ReportingEventListener(calls, calls.begin(call), next.create(call));
    }
}
