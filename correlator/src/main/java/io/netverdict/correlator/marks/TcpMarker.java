package io.netverdict.correlator.marks;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.Transport.Tcp;
import io.netverdict.capture.recording.FlowKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Marks TCP segments one by one, in the order of the capture: constant time a segment, memory by
 * conversation.
 *
 * <p>The conversations longest unused are forgotten beyond {@link #MAX_CONVERSATIONS}; their later
 * segments are marked like those of a capture that starts in mid-connection. Not thread-safe.
 */
public final class TcpMarker {
    /** Conversations remembered at once. */
    public static final int MAX_CONVERSATIONS = 1 << 20;

    /**
     * A segment's marks.
     *
     * @param stream number of the connection in the capture, from 0; a reused port starts a new one
     * @param marks in the order of {@link Mark}
     */
    public record MarkedSegment(int stream, Set<Mark> marks) {}

    private final Map<FlowKey, Conversation> conversations;
    private int streams;

    public TcpMarker() {
        this(MAX_CONVERSATIONS);
    }

    TcpMarker(int maxConversations) {
        conversations =
                new LinkedHashMap<>(64, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<FlowKey, Conversation> eldest) {
                        return size() > maxConversations;
                    }
                };
    }

    /** Marks the next packet; null where it is no TCP segment. */
    public MarkedSegment mark(DecodedPacket packet) {
        Tcp segment = packet.tcp();
        if (segment == null) {
            return null;
        }
        Endpoint source = packet.source();
        Endpoint destination = packet.destination();
        FlowKey key = FlowKey.of(IpProtocol.TCP, source, destination);
        boolean low = source.compareTo(destination) <= 0;
        Conversation conversation = conversations.get(key);
        int bits = 0;
        if (conversation == null) {
            conversation = start(key);
        } else if (conversation.isReplacedBy(low, segment)) {
            conversation = start(key);
            bits = Mark.PORT_REUSED.bit();
        }
        bits |= conversation.add(low, segment, packet.timeNanos());
        return new MarkedSegment(conversation.stream(), Mark.setOf(bits));
    }

    private Conversation start(FlowKey key) {
        Conversation conversation = new Conversation(streams++);
        conversations.put(key, conversation);
        return conversation;
    }
}
