package io.netverdict.correlator.fragment;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.PacketDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the fragments of IPv4 and IPv6 datagrams together, in the order of the recording.
 *
 * <p>Bounded: at most {@link #MAX_PENDING} datagrams wait for fragments, the oldest give way; a
 * datagram waits {@link #TIMEOUT_NANOS} of capture time (RFC 8200 4.5). Given up datagrams are
 * {@linkplain #incomplete() reported}, the {@link #MAX_REPORTED} newest of them. Not thread-safe.
 *
 * <p>Sources: RFC 791 3.2, RFC 815, RFC 8200 4.5, RFC 5722.
 */
public final class FragmentReassembler {
    /** How long a datagram waits for its fragments. */
    public static final long TIMEOUT_NANOS = 60_000_000_000L;

    public static final int MAX_PENDING = 4096;
    public static final int MAX_REPORTED = 1024;

    /** Completed datagrams remembered, so that fragments captured twice do not start new ones. */
    private static final int MAX_COMPLETED = 256;

    /** What became of a packet. */
    public enum Status {
        /** It is a whole datagram by itself, or no IP. */
        WHOLE,
        /** More fragments are needed. */
        PENDING,
        /** It was the last one needed. */
        COMPLETED,
        /** The same fragment was captured before. */
        DUPLICATE,
        /** Its headers were cut, or it lies beyond the largest datagram. */
        UNUSABLE
    }

    /**
     * What became of a packet.
     *
     * @param datagram the datagram it completed, else null
     */
    public record Outcome(Status status, ReassembledDatagram datagram) {

        /**
         * The packet itself where it is whole, the datagram where it completes one, else null: what
         * readers of transport headers need.
         *
         * @param packet that had this outcome
         */
        public DecodedPacket whole(DecodedPacket packet) {
            return switch (status) {
                case WHOLE -> packet;
                case COMPLETED -> datagram.packet();
                case PENDING, DUPLICATE, UNUSABLE -> null;
            };
        }
    }

    private static final Outcome WHOLE = new Outcome(Status.WHOLE, null);
    private static final Outcome PENDING = new Outcome(Status.PENDING, null);
    private static final Outcome DUPLICATE = new Outcome(Status.DUPLICATE, null);
    private static final Outcome UNUSABLE = new Outcome(Status.UNUSABLE, null);

    private final PacketDecoder decoder = new PacketDecoder();
    private final Map<DatagramKey, PendingDatagram> pending = new LinkedHashMap<>();
    private final Map<DatagramKey, PendingDatagram> completed = new LinkedHashMap<>();
    private final List<IncompleteDatagram> givenUp = new ArrayList<>();

    /** Takes in the next packet of the recording, whatever it is. */
    public Outcome add(DecodedPacket packet) {
        if (packet.ip() == null || !packet.ip().isFragment()) {
            return WHOLE;
        }
        Fragment fragment = Fragment.of(packet);
        if (fragment == null || fragment.end() > PendingDatagram.MAX_PAYLOAD_BYTES) {
            return UNUSABLE;
        }
        DatagramKey key = DatagramKey.of(packet.ip());
        PendingDatagram earlier = completed.get(key);
        if (earlier != null && earlier.repeats(fragment)) {
            return DUPLICATE;
        }
        PendingDatagram datagram = waiting(key, packet.timeNanos());
        if (datagram.repeats(fragment)) {
            return DUPLICATE;
        }
        datagram.add(fragment);
        if (!datagram.isComplete()) {
            return PENDING;
        }
        pending.remove(key);
        completed.remove(key);
        completed.put(key, datagram);
        removeEldest(completed, MAX_COMPLETED);
        return new Outcome(Status.COMPLETED, datagram.whole(packet, decoder));
    }

    /** Datagrams that were given up or still wait, oldest first. */
    public List<IncompleteDatagram> incomplete() {
        List<IncompleteDatagram> all = new ArrayList<>(givenUp);
        for (PendingDatagram datagram : pending.values()) {
            all.add(datagram.incomplete());
        }
        return all;
    }

    private PendingDatagram waiting(DatagramKey key, long nanos) {
        PendingDatagram datagram = pending.get(key);
        if (datagram != null && nanos - datagram.firstNanos() > TIMEOUT_NANOS) {
            giveUp(pending.remove(key));
            datagram = null;
        }
        if (datagram == null) {
            datagram = new PendingDatagram(key, nanos);
            pending.put(key, datagram);
            PendingDatagram evicted = removeEldest(pending, MAX_PENDING);
            if (evicted != null) {
                giveUp(evicted);
            }
        }
        return datagram;
    }

    private void giveUp(PendingDatagram datagram) {
        if (givenUp.size() == MAX_REPORTED) {
            givenUp.remove(0);
        }
        givenUp.add(datagram.incomplete());
    }

    private static PendingDatagram removeEldest(
            Map<DatagramKey, PendingDatagram> datagrams, int maximum) {
        if (datagrams.size() <= maximum) {
            return null;
        }
        return datagrams.remove(datagrams.keySet().iterator().next());
    }
}
