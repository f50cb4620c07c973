package io.netverdict.capture.file;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The flows of a block's packets, group by group: each group lists the few flows that its packets
 * are of, as a rule in 16 bits each above the least of them, and a packet is a place in that list,
 * in as few bits as the list is long. Not thread-safe while it is filled.
 */
final class FlowGroups {
    /** In the place of a group's least flow, where its flows take 32 bits each. */
    private static final int WIDE = Integer.MIN_VALUE;

    /** Behind the last places, so that each can be read with the byte behind it. */
    private static final int SPARE_BYTES = 2;

    private static final int LIST_ROOM = 8;
    private static final int PLACE_ROOM_BYTES = 32;

    private byte[] places;
    private char[] flows;

    /** By group: the least flow of its list, or {@link #WIDE}. */
    private final int[] leastFlows;

    /** Where the places and the list of each group begin, and those of the one behind the last. */
    private final char[] firstPlaces;

    private final char[] firstFlows;

    /**
     * @param groups at most; with so many packets each that all are less than 32,768
     */
    FlowGroups(int groups) {
        places = new byte[groups * PLACE_ROOM_BYTES];
        flows = new char[groups * LIST_ROOM];
        leastFlows = new int[groups];
        firstPlaces = new char[groups + 1];
        firstFlows = new char[groups + 1];
    }

    /** The packets of a group while it is filled, for one group after the other. */
    static final class Filling {
        /** The flow of each, any numbers. */
        final int[] of;

        private final int[] list;
        private final byte[] place;

        Filling(int groupPackets) {
            of = new int[groupPackets];
            list = new int[groupPackets];
            place = new byte[groupPackets];
        }
    }

    /**
     * Fills in a group, behind the one that was filled in last.
     *
     * @param count of its packets
     */
    void fill(int group, Filling filling, int count) {
        int[] of = filling.of;
        int[] list = filling.list;
        byte[] place = filling.place;
        int listed = 0;
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            // The newest are asked for most.
            int at = listed - 1;
            while (at >= 0 && list[at] != of[i]) {
                at--;
            }
            if (at < 0) {
                at = listed;
                list[listed++] = of[i];
                least = Math.min(least, of[i]);
                most = Math.max(most, of[i]);
            }
            place[i] = (byte) at;
        }
        boolean wide = most - (long) least > Character.MAX_VALUE;
        leastFlows[group] = wide ? WIDE : least;
        addList(group, list, listed);
        addPlaces(group, place, count, bitsFor(listed));
    }

    private void addList(int group, int[] list, int listed) {
        int from = firstFlows[group];
        int least = leastFlows[group];
        int end = from + (least == WIDE ? 2 * listed : listed);
        if (end > flows.length) {
            flows = Arrays.copyOf(flows, Math.max(end, flows.length * 3 / 2));
        }
        for (int i = 0; i < listed; i++) {
            if (least == WIDE) {
                flows[from + 2 * i] = (char) (list[i] >>> Character.SIZE);
                flows[from + 2 * i + 1] = (char) list[i];
            } else {
                flows[from + i] = (char) (list[i] - least);
            }
        }
        firstFlows[group + 1] = (char) end;
    }

    private void addPlaces(int group, byte[] place, int count, int bits) {
        int from = firstPlaces[group];
        int end = from + (count * bits + Byte.SIZE - 1) / Byte.SIZE;
        if (end + SPARE_BYTES > places.length) {
            places = Arrays.copyOf(places, Math.max(end + SPARE_BYTES, places.length * 3 / 2));
        }
        for (int i = 0; i < count; i++) {
            int bit = i * bits;
            int at = from + bit / Byte.SIZE;
            int shifted = place[i] << bit % Byte.SIZE;
            places[at] |= (byte) shifted;
            places[at + 1] |= (byte) (shifted >>> Byte.SIZE);
        }
        firstPlaces[group + 1] = (char) end;
    }

    /** As many as tell all places of a list apart. */
    private static int bitsFor(int listed) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(listed - 1);
    }

    /** Gives back the room that was not needed, once all are filled in. */
    void trim(int groups) {
        places = Arrays.copyOf(places, firstPlaces[groups] + SPARE_BYTES);
        flows = Arrays.copyOf(flows, firstFlows[groups]);
    }

    private int listed(int group) {
        int taken = firstFlows[group + 1] - firstFlows[group];
        return leastFlows[group] == WIDE ? taken / 2 : taken;
    }

    private int listedFlow(int group, int place) {
        int from = firstFlows[group];
        int least = leastFlows[group];
        return least == WIDE
                ? flows[from + 2 * place] << Character.SIZE | flows[from + 2 * place + 1]
                : least + flows[from + place];
    }

    /** Whether a packet of a group is of one of some flows. */
    boolean holdsAny(int group, BitSet wanted) {
        for (int place = listed(group) - 1; place >= 0; place--) {
            int flow = listedFlow(group, place);
            if (flow >= 0 && wanted.get(flow)) {
                return true;
            }
        }
        return false;
    }

    /** The flow of a packet of a group. */
    int flow(int group, int packet) {
        int bits = bitsFor(listed(group));
        int bit = packet * bits;
        int at = firstPlaces[group] + bit / Byte.SIZE;
        int both = places[at] & 0xFF | (places[at + 1] & 0xFF) << Byte.SIZE;
        return listedFlow(group, both >>> bit % Byte.SIZE & (1 << bits) - 1);
    }
}
