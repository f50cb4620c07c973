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
    private static final int BLOCK_SHIFT = 10;
    private static final int BLOCK_FLOWS = 1 << BLOCK_SHIFT;
    private static final int BLOCK_MASK = BLOCK_FLOWS - 1;
    private static final int FIRST_BLOCKS = 16;

    /** Flows that follow on one another; most of them close before the next ones begin. */
    private static final class Block {
        /** What is seen of each; null while none of them is open. */
        private Glance[] open;

        private int openCount;

        /** Packets of each one's connections that went well. */
        private final char[] closedPackets = new char[BLOCK_FLOWS];

        Glance open(int flow) {
            return open == null ? null : open[flow & BLOCK_MASK];
        }
    }

    private Block[] blocks = new Block[FIRST_BLOCKS];

    /** Of a block that has none open any more, for the next one. */
    private Glance[] spare = new Glance[BLOCK_FLOWS];

    private final ResponseHead head = new ResponseHead();
    private final Deque<Glance> free = new ArrayDeque<>();

    @Override
    public void packet(int flow, long timeNanos, HeaderView headers, ByteBuffer data) {
        if (headers.protocol() != IpProtocol.TCP) {
            return;
        }
        Block block = blockFor(flow);
        Glance glance = block.open(flow);
        if (glance == null) {
            glance = free.isEmpty() ? new Glance(head) : free.pop();
            glance.begin(block.closedPackets[flow & BLOCK_MASK]);
            open(block, flow, glance);
        }
        glance.see(timeNanos, headers, data);
        // Few have more packets, which would not be remembered.
        if (glance.closedWell() && glance.seen() <= Character.MAX_VALUE) {
            close(block, flow, glance);
        }
    }

    private Block blockFor(int flow) {
        int number = flow >>> BLOCK_SHIFT;
        if (number >= blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(number + 1, 2 * blocks.length));
        }
        if (blocks[number] == null) {
            blocks[number] = new Block();
        }
        return blocks[number];
    }

    private void open(Block block, int flow, Glance glance) {
        if (block.open == null) {
            block.open = spare == null ? new Glance[BLOCK_FLOWS] : spare;
            spare = null;
        }
        block.open[flow & BLOCK_MASK] = glance;
        block.openCount++;
    }

    private void close(Block block, int flow, Glance glance) {
        block.open[flow & BLOCK_MASK] = null;
        block.closedPackets[flow & BLOCK_MASK] = (char) glance.seen();
        free.push(glance);
        if (--block.openCount == 0) {
            spare = block.open;
            block.open = null;
        }
    }

    /**
     * What of a conversation needs a closer look; null where all of it plainly went well.
     *
     * @param flow by which its packets were shown
     * @param untilNanos until when the recording went on after them
     */
    Unusual unusual(int flow, RecordedFlow recorded, long untilNanos) {
        int number = flow >>> BLOCK_SHIFT;
        Block block = number < blocks.length ? blocks[number] : null;
        if (block == null) {
            return Unusual.whole(recorded);
        }
        Glance glance = block.open(flow);
        boolean seen = glance != null || block.closedPackets[flow & BLOCK_MASK] > 0;
        if (seen && (glance == null || glance.wentWell() || glance.goesOnWell(untilNanos))) {
            return null;
        }
        return seen && glance != null ? glance.unusualOf(recorded) : Unusual.whole(recorded);
    }
}
