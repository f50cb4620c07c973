package io.netverdict.hook.okhttp;

import io.netverdict.hook.NetverdictReporter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.Call;
import okhttp3.Connection;

/** The calls under way and what is known of each; lets calls go that nobody holds any more. */
final class CallRegister {
    private final NetverdictReporter reporter;
    private final Map<Call, CallRecord> calls = Collections.synchronizedMap(new WeakHashMap<>());

    /** Asking the kernel for it takes longer than all else; a connection serves many calls. */
    private final Map<Connection, String> localEnds =
            Collections.synchronizedMap(new WeakHashMap<>());

    CallRegister(NetverdictReporter reporter) {
        this.reporter = reporter;
    }

    CallRecord begin(Call call) {
        CallRecord made = new CallRecord();
        calls.put(call, made);
        return made;
    }

    void end(Call call) {
        calls.remove(call);
    }

    /** The client's end of a connection, {@code address:port}, empty where it is not known. */
    String localEnd(Connection connection) {
        return localEnds.computeIfAbsent(connection, it -> CallRecord.localEnd(it.socket()));
    }

    /** Reports a call that failed, unless the application cancelled it or it was reported. */
    void failed(Call call, IOException failure) {
        // A call that runs out of its own time is cancelled too, but not by the application.
        boolean timeout = failure instanceof InterruptedIOException;
        if (call.isCanceled() && !timeout) {
            return;
        }
        CallRecord known = calls.get(call);
        CallRecord told = known == null ? new CallRecord() : known;
        reporter.report(() -> told.describe(call, failure));
    }
}
