package io.netverdict.it.conformance;

import io.netverdict.correlator.marks.Mark;
import java.util.Set;

/** A mark that is compared, and the field in which tshark shows it. */
enum MarkField {
    ALL_RETRANSMISSIONS("tcp.analysis.retransmission", Mark.RETRANSMISSION, true),
    FAST_RETRANSMISSION("tcp.analysis.fast_retransmission", Mark.FAST_RETRANSMISSION, false),
    SPURIOUS_RETRANSMISSION(
            "tcp.analysis.spurious_retransmission", Mark.SPURIOUS_RETRANSMISSION, false),
    OUT_OF_ORDER("tcp.analysis.out_of_order", Mark.OUT_OF_ORDER, true),
    LOST_SEGMENT("tcp.analysis.lost_segment", Mark.LOST_SEGMENT, true),
    ACK_UNSEEN_SEGMENT("tcp.analysis.ack_lost_segment", Mark.ACK_UNSEEN_SEGMENT, false),
    DUPLICATE_ACK("tcp.analysis.duplicate_ack", Mark.DUPLICATE_ACK, true),
    ZERO_WINDOW("tcp.analysis.zero_window", Mark.ZERO_WINDOW, true),
    ZERO_WINDOW_PROBE("tcp.analysis.zero_window_probe", Mark.ZERO_WINDOW_PROBE, false),
    ZERO_WINDOW_PROBE_ACK("tcp.analysis.zero_window_probe_ack", Mark.ZERO_WINDOW_PROBE_ACK, false),
    WINDOW_FULL("tcp.analysis.window_full", Mark.WINDOW_FULL, false),
    WINDOW_UPDATE("tcp.analysis.window_update", Mark.WINDOW_UPDATE, false),
    KEEP_ALIVE("tcp.analysis.keep_alive", Mark.KEEP_ALIVE, true),
    KEEP_ALIVE_ACK("tcp.analysis.keep_alive_ack", Mark.KEEP_ALIVE_ACK, false),
    PORT_REUSED("tcp.analysis.reused_ports", Mark.PORT_REUSED, false);

    /** The least agreement (F1) of the marks that have a goal. */
    static final double GOAL = 0.99;

    private final String field;
    private final Mark mark;
    private final boolean goal;

    MarkField(String field, Mark mark, boolean goal) {
        this.field = field;
        this.mark = mark;
        this.goal = goal;
    }

    String field() {
        return field;
    }

    boolean hasGoal() {
        return goal;
    }

    boolean isTheirs(TsharkFrame frame) {
        return frame.has(field);
    }

    boolean isOurs(Set<Mark> marks) {
        return marks.contains(mark);
    }

    /** As printed: {@code duplicate-ack}. */
    String label() {
        return this == ALL_RETRANSMISSIONS ? "retransmission (all)" : mark.label();
    }
}
