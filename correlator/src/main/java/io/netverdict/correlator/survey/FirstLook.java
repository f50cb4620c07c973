package io.netverdict.correlator.survey;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.PacketVisitor;
import io.netverdict.capture.recording.RecordedFlow;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Glances at all conversations while their packets go by in whatever order of flows. What has
 * plainly gone well is forgotten, so that the memory it takes grows with the connections that are
 * open at a time. For one thread.
 */
public final class FirstLook implements PacketVisitor {
    private static final int FIRST_FLOWS = 1024;

    /** By flow: null where none of its packets was seen, or since its last connection went well. */
    private Glance[] open = new Glance[FIRST_FLOWS];

    /** By flow: packets of its connections that went well. */
    private int[] closedPackets = new int[FIRST_FLOWS];

    private final ResponseHead head = new ResponseHead();
    private final Deque<Glance> free = new ArrayDeque<>();

    @Override
    public void packet(int flow, long timeNanos, HeaderView headers, ByteBuffer data) {
        if (headers.protocol() != IpProtocol.TCP) {
            return;
        }
        if (flow >= open.length) {
            int flows = Math.max(flow + 1, 2 * open.length);
            open = Arrays.copyOf(open, flows);
            closedPackets = Arrays.copyOf(closedPackets, flows);
        }
        Glance glance = open[flow];
        if (glance == null) {
            glance = free.isEmpty() ? new Glance(head) : free.pop();
            glance.begin(closedPackets[flow]);
            open[flow] = glance;
        }
        glance.see(timeNanos, headers, data);
        if (glance.closedWell()) {
            open[flow] = null;
            closedPackets[flow] = glance.seen();
            free.push(glance);
        }
    }

    /**
     * What of a conversation needs a closer look; null where all of it plainly went well.
     *
     * @param flow by which its packets were shown
     */
    Unusual unusual(int flow, RecordedFlow recorded) {
        Glance glance = flow < open.length ? open[flow] : null;
        boolean seen = glance != null || flow < open.length && closedPackets[flow] > 0;
        if (seen && (glance == null || glance.wentWell())) {
            return null;
        }
        return seen && glance != null ? glance.unusualOf(recorded) : Unusual.whole(recorded);
    }
}
