package io.netverdict.capture.file;

import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import java.util.AbstractList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Flows of a file in order of their first packet, each made when it is asked for: a file can have
 * millions. Immutable.
 */
final class RecordedFlows extends AbstractList<RecordedFlow> implements RandomAccess {
    private final FileIndex index;
    private final int size;

    /** By place; null where the place is the number. */
    private final int[] numbers;

    /**
     * @param numbers of the flows in the index
     */
    RecordedFlows(FileIndex index, BitSet numbers) {
        this.index = index;
        size = numbers.cardinality();
        boolean first = size == numbers.length();
        this.numbers =
                isInOrder(index.spans(), numbers)
                        ? first ? null : numbers.stream().toArray()
                        : numbers.stream()
                                .boxed()
                                .sorted(Comparator.comparingLong(index.spans()::firstNanos))
                                .mapToInt(Integer::intValue)
                                .toArray();
    }

    /** Most files are in time order, and the numbers with them. */
    private static boolean isInOrder(FlowSpans spans, BitSet numbers) {
        long before = Long.MIN_VALUE;
        for (int flow = numbers.nextSetBit(0); flow >= 0; flow = numbers.nextSetBit(flow + 1)) {
            long nanos = spans.firstNanos(flow);
            if (nanos < before) {
                return false;
            }
            before = nanos;
        }
        return true;
    }

    @Override
    public RecordedFlow get(int place) {
        int flow = numbers == null ? Objects.checkIndex(place, size) : numbers[place];
        FlowSpans spans = index.spans();
        FlowKey key = index.flows().key(flow);
        return new RecordedFlow(
                key, spans.firstNanos(flow), spans.lastNanos(flow), spans.count(flow));
    }

    @Override
    public int size() {
        return size;
    }
}
