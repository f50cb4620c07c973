package io.netverdict.correlator.dissect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The frame numbers of each connection: four bytes a packet. Not thread-safe. */
final class ConnectionFrames {
    private static final class Frames {
        private int[] numbers = new int[8];
        private int count;

        private void add(int number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = number;
        }
    }

    private final List<Frames> connections = new ArrayList<>();

    /** Adds a frame; connections are numbered from 0 without gaps. */
    void add(int stream, long frame) {
        if (stream == connections.size()) {
            connections.add(new Frames());
        }
        connections.get(stream).add(Math.toIntExact(frame));
    }

    /** Hands out the frames of each connection, in order. */
    void forEach(Consumer<PrimitiveIterator.OfInt> consumer) {
        for (Frames frames : connections) {
            consumer.accept(IntStream.of(frames.numbers).limit(frames.count).iterator());
        }
    }
}
