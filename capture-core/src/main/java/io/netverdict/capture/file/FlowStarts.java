package io.netverdict.capture.file;

import io.netverdict.capture.recording.FlowKey;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** From when on each of a few flows, among the many of a file, is asked for. Immutable. */
final class FlowStarts {
    private final int[] numbers;
    private final long[] nanos;

    private FlowStarts(TreeMap<Integer, Long> byNumber) {
        numbers = byNumber.keySet().stream().mapToInt(Integer::intValue).toArray();
        nanos = byNumber.values().stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * @param starts nanoseconds since the epoch by flow
     * @param numberOf a flow's number
     */
    static FlowStarts of(Map<FlowKey, Long> starts, ToIntFunction<FlowKey> numberOf) {
        TreeMap<Integer, Long> byNumber = new TreeMap<>();
        starts.forEach((key, start) -> byNumber.put(numberOf.applyAsInt(key), start));
        return new FlowStarts(byNumber);
    }

    BitSet flows() {
        BitSet flows = new BitSet();
        for (int number : numbers) {
            flows.set(number);
        }
        return flows;
    }

    /** The start of one of {@link #flows}. */
    long nanos(int flow) {
        return nanos[Arrays.binarySearch(numbers, flow)];
    }

    /** Of all of them; 0 where there are none. */
    long earliestNanos() {
        return Arrays.stream(nanos).min().orElse(0);
    }
}
