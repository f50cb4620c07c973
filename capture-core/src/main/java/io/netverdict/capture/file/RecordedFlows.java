package io.netverdict.capture.file;

import io.netverdict.capture.recording.FlowKey;
import io.netverdict.capture.recording.RecordedFlow;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.RandomAccess;

/**
 * Flows of a file in order of their first packet, each made when it is asked for: a file can have
 * millions. Immutable.
 */
final class RecordedFlows extends AbstractList<RecordedFlow> implements RandomAccess {
    private final FileIndex index;
    private final int[] numbers;

    /**
     * @param numbers of the flows in the index
     */
    RecordedFlows(FileIndex index, BitSet numbers) {
        this.index = index;
        this.numbers = inOrder(index.spans(), numbers.stream().toArray());
    }

    /** Most files are in time order, and the numbers with them. */
    private static int[] inOrder(FlowSpans spans, int[] numbers) {
        for (int i = 1; i < numbers.length; i++) {
            if (spans.firstNanos(numbers[i]) < spans.firstNanos(numbers[i - 1])) {
                return Arrays.stream(numbers)
                        .boxed()
                        .sorted(Comparator.comparingLong(spans::firstNanos))
                        .mapToInt(Integer::intValue)
                        .toArray();
            }
        }
        return numbers;
    }

    @Override
    public RecordedFlow get(int place) {
        int flow = numbers[place];
        FlowSpans spans = index.spans();
        FlowKey key = index.flows().key(flow);
        return new RecordedFlow(
                key, spans.firstNanos(flow), spans.lastNanos(flow), spans.count(flow));
    }

    @Override
    public int size() {
        return numbers.length;
    }
}
