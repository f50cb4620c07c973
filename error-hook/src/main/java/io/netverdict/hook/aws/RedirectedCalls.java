package io.netverdict.hook.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;

/**
 * Calls that ended with a redirect: the SDK follows it with a new call for the same object, in
 * another region. Keeps few, for a short time. Thread-safe.
 */
final class RedirectedCalls {
    private static final int MAX_CALLS = 64;
    private static final long KEPT_SECONDS = 120;

    private final Map<List<Object>, ApiCall> calls = new LinkedHashMap<>();
    private volatile boolean empty = true;

    synchronized void keep(SdkRequest request, ApiCall call) {
        calls.put(key(request), call);
        if (calls.size() > MAX_CALLS) {
            calls.remove(calls.keySet().iterator().next());
        }
        empty = false;
    }

    /** The call that this request continues, or null. */
    ApiCall take(SdkRequest request) {
        return empty ? null : takeKept(request);
    }

    private synchronized ApiCall takeKept(SdkRequest request) {
        ApiCall call = calls.remove(key(request));
        empty = calls.isEmpty();
        boolean old =
                call != null && call.startedAt().isBefore(Instant.now().minusSeconds(KEPT_SECONDS));
        return old ? null : call;
    }

    /** What the application asked for, without how: the region's endpoint is part of the how. */
    private static List<Object> key(SdkRequest request) {
        List<Object> key = new ArrayList<>();
        key.add(request.getClass());
        for (SdkField<?> field : request.sdkFields()) {
            key.add(field.getValueOrDefault(request));
        }
        return key;
    }
}
