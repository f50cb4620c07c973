package io.netverdict.capture.file;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The flows of a block's packets, group by group: each group lists the few flows that its packets
 * are of, as a rule in 16 bits each above the least of them. Not thread-safe while it is filled.
 */
final class FlowGroups {
    /** In the place of a group's least flow, where its flows take 32 bits each. */
    private static final int WIDE = Integer.MIN_VALUE;

    private static final int LIST_ROOM = 32;

    private char[] flows;

    /** By group: the least flow of its list, or {@link #WIDE}. */
    private final int[] leastFlows;

    /** Where the list of each group begins, and that of the one behind the last. */
    private final char[] firstFlows;

    /**
     * @param groups at most; with so many packets each that all are less than 32,768
     */
    FlowGroups(int groups) {
        flows = new char[groups * LIST_ROOM];
        leastFlows = new int[groups];
        firstFlows = new char[groups + 1];
    }

    /**
     * Fills in a group, behind the one that was filled in last.
     *
     * @param listed how many flows of the list it has
     */
    void fill(int group, int[] list, int listed) {
        int least = listed == 0 ? 0 : list[0];
        int most = least;
        for (int i = 1; i < listed; i++) {
            least = Math.min(least, list[i]);
            most = Math.max(most, list[i]);
        }
        boolean wide = most - least > Character.MAX_VALUE;
        leastFlows[group] = wide ? WIDE : least;
        int from = firstFlows[group];
        int end = from + (wide ? 2 * listed : listed);
        if (end > flows.length) {
            flows = Arrays.copyOf(flows, Math.max(end, flows.length * 3 / 2));
        }
        for (int i = 0; i < listed; i++) {
            if (wide) {
                flows[from + 2 * i] = (char) (list[i] >>> Character.SIZE);
                flows[from + 2 * i + 1] = (char) list[i];
            } else {
                flows[from + i] = (char) (list[i] - least);
            }
        }
        firstFlows[group + 1] = (char) end;
    }

    /** Gives back the room that was not needed, once all are filled in. */
    void trim(int groups) {
        flows = Arrays.copyOf(flows, firstFlows[groups]);
    }

    /** Whether a packet of a group is of one of some flows. */
    boolean holdsAny(int group, IntPredicate wanted) {
        int least = leastFlows[group];
        int step = least == WIDE ? 2 : 1;
        for (int at = firstFlows[group]; at < firstFlows[group + 1]; at += step) {
            int flow =
                    least == WIDE ? flows[at] << Character.SIZE | flows[at + 1] : least + flows[at];
            if (wanted.test(flow)) {
                return true;
            }
        }
        return false;
    }
}
