package io.netverdict.capture.index;

import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.ring.RecordReader;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which addresses, ends, ports and flows the entries of a segment may have: a few bits an entry, so
 * that most segments need not be walked for a query. Says yes for some that are not there, never no
 * for one that is.
 *
 * <p>Entries are only added to a segment, so a digest stays right for those it was made of; the
 * ones added since are to be walked. Immutable, made by readers, never by the writer.
 */
public final class SegmentDigest {
    /** Up to four marks and a hash an entry, of which two or three are its own. */
    private static final int BITS_PER_ENTRY = 24;

    private static final int MIN_BITS = 1024;

    /** A word has 64 bits, one of which six bits of a mark tell. */
    private static final int BIT_NUMBER_BITS = 6;

    /** Spreads a mark over the number of a word, at the top, and four bits in it. */
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    /** ARP, ICMP and the like are few among many flows; else a segment is walked for them. */
    private static final int MAX_LISTED = 512;

    private static final int MIN_LISTED = 8;

    private final long generation;
    private final int entries;
    private final int oldestMissing;
    private final long[] words;
    private final int shift;
    private final BitSet ports = new BitSet();

    /** Where the flows without ports are; more are not told. */
    private int[] withoutPorts = new int[0];

    private int withoutPortsCount;

    private SegmentDigest(long generation, int oldestMissing, int entries) {
        this.generation = generation;
        this.entries = entries;
        this.oldestMissing = oldestMissing;
        int bits = Integer.highestOneBit(Math.max(MIN_BITS, entries * BITS_PER_ENTRY) - 1) << 1;
        words = new long[bits / Long.SIZE];
        shift = Long.numberOfLeadingZeros(words.length) + 1;
    }

    /** The digest of what is in a segment now; null where it was overwritten meanwhile. */
    public static SegmentDigest of(RecordReader reader) {
        FlowTable table = new FlowTable().wrap(reader.segment());
        int entries = table.entryCount();
        int missing = reader.segment().bytes() - (entries + 1) * FlowEntryDescriptor.ENTRY_BYTES;
        SegmentDigest digest = new SegmentDigest(reader.generation(), missing, entries);
        FlowTuple tuple = new FlowTuple();
        for (int entry = table.oldest();
                entry > missing && reader.isValid();
                entry = table.newer(entry)) {
            table.read(entry, tuple);
            digest.add(entry, tuple);
        }
        return reader.isValid() ? digest : null;
    }

    private void add(int entry, FlowTuple tuple) {
        set(tuple.hash());
        set(FlowMark.ofAddress(tuple.lowHigh(), tuple.lowLow()));
        set(FlowMark.ofAddress(tuple.highHigh(), tuple.highLow()));
        int low = FlowTuple.lowPort(tuple.ports());
        int high = FlowTuple.highPort(tuple.ports());
        set(FlowMark.ofEnd(tuple.lowHigh(), tuple.lowLow(), low));
        set(FlowMark.ofEnd(tuple.highHigh(), tuple.highLow(), high));
        if (FlowMatcher.hasPorts(tuple.protocolAndFamily())) {
            ports.set(low);
            ports.set(high);
        } else {
            addWithoutPorts(entry);
        }
    }

    private void addWithoutPorts(int entry) {
        if (withoutPortsCount < MAX_LISTED) {
            if (withoutPortsCount == withoutPorts.length) {
                withoutPorts =
                        Arrays.copyOf(withoutPorts, Math.max(MIN_LISTED, 2 * withoutPortsCount));
            }
            withoutPorts[withoutPortsCount] = entry;
        }
        withoutPortsCount++;
    }

    private void set(int mark) {
        long spread = mark * MULTIPLIER;
        words[(int) (spread >>> shift)] |= bits(spread);
    }

    boolean has(int mark) {
        long spread = mark * MULTIPLIER;
        long bits = bits(spread);
        return (words[(int) (spread >>> shift)] & bits) == bits;
    }

    /** Up to four bits of one word: one cache line is asked, and few marks share all of them. */
    private static long bits(long spread) {
        return 1L << spread
                | 1L << (spread >>> BIT_NUMBER_BITS)
                | 1L << (spread >>> 2 * BIT_NUMBER_BITS)
                | 1L << (spread >>> 3 * BIT_NUMBER_BITS);
    }

    /** Whether a TCP or UDP flow has the port; exact. */
    boolean hasPort(int port) {
        return ports.get(port);
    }

    /** Whether there is a flow of another protocol; exact. */
    boolean hasWithoutPorts() {
        return withoutPortsCount > 0;
    }

    /** The entries of those flows; null where they are too many to be listed. */
    public int[] entriesWithoutPorts() {
        return withoutPortsCount > MAX_LISTED
                ? null
                : Arrays.copyOf(withoutPorts, withoutPortsCount);
    }

    /** Whether the flow may be among the entries. */
    public boolean mayHold(FlowTuple tuple) {
        return has(tuple.hash());
    }

    /** Whether this is about what a reader reads. */
    public boolean isOf(RecordReader reader) {
        return generation == reader.generation();
    }

    /** The oldest entry that is not in here, or 0; the newer ones are not either. */
    public int firstMissing(FlowTable table) {
        return table.newer(oldestMissing + FlowEntryDescriptor.ENTRY_BYTES);
    }

    /** How many entries were added since. */
    public int missing(FlowTable table) {
        return Math.max(0, table.entryCount() - entries);
    }

    /** Whether so many entries were added since that an answer had better make a new digest. */
    public boolean isOutdated(FlowTable table) {
        return table.entryCount() > 2 * entries + MIN_BITS / BITS_PER_ENTRY;
    }
}
