package io.netverdict.capture.file;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The flows of a block's packets, group by group: each group lists the few flows that its packets
 * are of, and a packet is a place in that list, in half a byte where the list is as short. Not
 * thread-safe while it is filled.
 */
final class FlowGroups {
    private static final int HALF_BITS = 4;
    private static final int HALF_MASK = (1 << HALF_BITS) - 1;

    /** A list as long is reached by half a byte. */
    private static final int SHORT_LIST = 1 << HALF_BITS;

    private static final int LIST_ROOM = 8;

    private final int groupPackets;
    private byte[] places;
    private int[] flows;

    /** Where the places and the list of each group begin, and those of the one behind the last. */
    private final char[] firstPlaces;

    private final char[] firstFlows;

    /**
     * @param groups at most; with so many packets each that all are less than 65,536
     */
    FlowGroups(int groups, int groupPackets) {
        this.groupPackets = groupPackets;
        places = new byte[groups * groupPackets / 2];
        flows = new int[groups * LIST_ROOM];
        firstPlaces = new char[groups + 1];
        firstFlows = new char[groups + 1];
    }

    /**
     * Fills in a group, behind the one that was filled in last.
     *
     * @param of flow of each packet, any numbers
     * @param count of its packets
     */
    void fill(int group, int[] of, int count) {
        int list = firstFlows[group];
        int listed = 0;
        byte[] place = new byte[groupPackets];
        if (list + count > flows.length) {
            flows = Arrays.copyOf(flows, Math.max(list + count, flows.length * 3 / 2));
        }
        for (int i = 0; i < count; i++) {
            // The newest are asked for most.
            int at = listed - 1;
            while (at >= 0 && flows[list + at] != of[i]) {
                at--;
            }
            if (at < 0) {
                at = listed;
                flows[list + listed++] = of[i];
            }
            place[i] = (byte) at;
        }
        firstFlows[group + 1] = (char) (list + listed);
        firstPlaces[group + 1] = (char) addPlaces(firstPlaces[group], place, count, listed);
    }

    private int addPlaces(int from, byte[] place, int count, int listed) {
        boolean halves = listed <= SHORT_LIST;
        int end = from + (halves ? (count + 1) / 2 : count);
        if (end > places.length) {
            places = Arrays.copyOf(places, Math.max(end, places.length * 3 / 2));
        }
        for (int i = 0; i < count; i++) {
            if (halves) {
                places[from + i / 2] |= (byte) (place[i] << (i & 1) * HALF_BITS);
            } else {
                places[from + i] = place[i];
            }
        }
        return end;
    }

    /** Gives back the room that was not needed, once all are filled in. */
    void trim(int groups) {
        places = Arrays.copyOf(places, firstPlaces[groups]);
        flows = Arrays.copyOf(flows, firstFlows[groups]);
    }

    /** Whether a packet of a group is of one of some flows. */
    boolean holdsAny(int group, BitSet wanted) {
        for (int at = firstFlows[group]; at < firstFlows[group + 1]; at++) {
            if (flows[at] >= 0 && wanted.get(flows[at])) {
                return true;
            }
        }
        return false;
    }

    /** The flow of a packet of a group. */
    int flow(int group, int packet) {
        int list = firstFlows[group];
        int from = firstPlaces[group];
        boolean halves = firstFlows[group + 1] - list <= SHORT_LIST;
        int place =
                halves
                        ? places[from + packet / 2] >>> (packet & 1) * HALF_BITS & HALF_MASK
                        : places[from + packet];
        return flows[list + place];
    }
}
