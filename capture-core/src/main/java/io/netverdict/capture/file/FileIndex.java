package io.netverdict.capture.file;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketDirection;
import io.netverdict.capture.recording.Coverage;
import io.netverdict.capture.recording.RecordedInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a reader of a format fills in while it goes through a file: interfaces, packets, flows,
 * losses, the break. {@link #addPacket} allocates only where a table grows. Not thread-safe.
 */
final class FileIndex {
    private static final int DEFAULT_TIME_DIGITS = 6;

    private CaptureBytes bytes;
    private final HeaderView view = new HeaderView();
    private final PacketTable packets = new PacketTable();
    private final FlowTable flows = new FlowTable();
    private final FlowMembers members = new FlowMembers();
    private final List<RecordedInterface> interfaces = new ArrayList<>();
    private LinkType[] linkTypes = new LinkType[4];
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;
    private long undecodable;
    private long droppedByKernel;
    private long droppedByInterface;
    private int timeDigits;
    private String problem;

    FileIndex(CaptureBytes bytes) {
        this.bytes = bytes;
    }

    /** Adds an interface and gives its index. */
    int addInterface(RecordedInterface added, int digits) {
        int index = interfaces.size();
        if (index == linkTypes.length) {
            linkTypes = Arrays.copyOf(linkTypes, 2 * index);
        }
        linkTypes[index] = LinkType.fromCode(added.linkType());
        interfaces.add(added);
        timeDigits = Math.max(timeDigits, digits);
        return index;
    }

    /** Adds the next packet; its bytes are known to be in the file. */
    void addPacket(
            long dataOffset,
            long timeNanos,
            int capturedLength,
            int wireLength,
            int interfaceIndex,
            PacketDirection direction) {
        packets.add(dataOffset, timeNanos, capturedLength, wireLength, interfaceIndex, direction);
        firstNanos = Math.min(firstNanos, timeNanos);
        lastNanos = Math.max(lastNanos, timeNanos);
        LinkType linkType = linkTypes[interfaceIndex];
        if (linkType == LinkType.UNKNOWN || capturedLength == 0) {
            undecodable += linkType == LinkType.UNKNOWN ? 1 : 0;
            members.add(-1);
            return;
        }
        ByteBuffer chunk = bytes.chunkOf(dataOffset);
        int offset = CaptureBytes.indexOf(dataOffset);
        view.wrap(chunk, offset, capturedLength, wireLength, linkType);
        members.add(flows.flowOf(view, chunk, offset + capturedLength));
    }

    void addDrops(long byKernel, long byInterface) {
        droppedByKernel += byKernel;
        droppedByInterface += byInterface;
    }

    /** Notes where and why reading ends before the file does; the first reason stays. */
    void breakAt(long position, String what) {
        if (problem == null) {
            problem = "frame " + (packets.size() + 1L) + " at byte " + position + ": " + what;
        }
    }

    /** Notes damage that no frame can be named for. */
    void problem(String what) {
        if (problem == null) {
            problem = what;
        }
    }

    /** Ends the reading; the file's bytes are not held any longer. */
    void finish() {
        bytes = null;
        members.finish(flows.size(), packets);
    }

    /** The time of the newest packet in file order, 0 without packets. */
    long previousNanos() {
        return packets.size() == 0 ? 0 : packets.timeNanos(packets.size() - 1);
    }

    Coverage coverage() {
        boolean empty = packets.size() == 0;
        return new Coverage(
                empty ? 0 : firstNanos,
                empty ? 0 : firstNanos,
                empty ? 0 : lastNanos,
                packets.size(),
                droppedByKernel,
                droppedByInterface,
                0,
                undecodable,
                false,
                List.of(),
                interfaces);
    }

    PacketTable packets() {
        return packets;
    }

    FlowTable flows() {
        return flows;
    }

    FlowMembers members() {
        return members;
    }

    /** Digits behind the second's point of the finest interface. */
    int timeDigits() {
        return timeDigits == 0 && interfaces.isEmpty() ? DEFAULT_TIME_DIGITS : timeDigits;
    }

    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
