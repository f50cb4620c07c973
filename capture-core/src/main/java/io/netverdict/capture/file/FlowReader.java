package io.netverdict.capture.file;

import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.recording.FlowTuple;
import io.netverdict.capture.recording.RecordedInterface;
import java.nio.ByteBuffer;
import java.util.List;

/** Tells again which flow a packet of a file is of. For one thread. */
final class FlowReader {
    private final FlowTable flows;
    private final CaptureBytes bytes;
    private final LinkType[] linkTypes;
    private final HeaderView headers = new HeaderView();
    private final FlowTuple tuple = new FlowTuple();
    private ByteBuffer data;

    /**
     * @param flows all of the file's
     */
    FlowReader(FlowTable flows, CaptureBytes bytes, List<RecordedInterface> interfaces) {
        this.flows = flows;
        this.bytes = bytes;
        linkTypes =
                interfaces.stream()
                        .map(each -> LinkType.fromCode(each.linkType()))
                        .toArray(LinkType[]::new);
    }

    /** The number of a packet's flow, or {@link FlowTable#NO_FLOW}. */
    int flowOf(RecordHeader header) {
        LinkType linkType = linkTypes[header.interfaceIndex];
        if (header.capturedLength == 0 || linkType == LinkType.UNKNOWN) {
            return FlowTable.NO_FLOW;
        }
        data = bytes.chunkOf(header.dataOffset);
        int start = CaptureBytes.indexOf(header.dataOffset);
        int length = (int) header.capturedLength;
        headers.wrap(data, start, length, header.wireLength(), linkType);
        return tuple.read(headers, data, start + length) ? flows.find(tuple) : FlowTable.NO_FLOW;
    }

    /** The headers of the packet asked for last, which is of a flow. */
    HeaderView headers() {
        return headers;
    }

    /** Where they and all of the packet are. */
    ByteBuffer data() {
        return data;
    }
}
