package io.netverdict.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.PacketBytes;
import io.netverdict.capture.recording.FlowKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowTableTest {
    private static final int HTTPS = 443;
    private static final int PORTS_A_PAIR = 40;

    private final FlowTable table = new FlowTable();

    private int add(PacketBytes packet) {
        byte[] bytes = packet.build();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        HeaderView view = new HeaderView();
        view.wrap(buffer, 0, bytes.length, bytes.length, LinkType.RAW);
        return table.flowOf(view, buffer, bytes.length);
    }

    private static FlowKey key(int protocol, String one, int onePort, String other, int otherPort) {
        return FlowKey.of(
                protocol,
                new Endpoint(IpAddress.parse(one).orElseThrow(), onePort),
                new Endpoint(IpAddress.parse(other).orElseThrow(), otherPort));
    }

    private static String v4(int host) {
        return "198.51." + (host >> 8) + "." + (host & 0xFF);
    }

    /** The halves of addresses that IPv4 has not differ, too. */
    private static String v6(int host) {
        return "2001:db8:" + Integer.toHexString(host) + "::" + Integer.toHexString(host % 7);
    }

    @Test
    void shouldNumberManyFlowsOfManyPairsAndFindThemAgain() {
        List<FlowKey> keys = new ArrayList<>();
        for (int host = 1; host <= 4_000; host++) {
            for (int port = 1; port <= (host <= 400 ? PORTS_A_PAIR : 1); port++) {
                keys.add(key(IpProtocol.TCP, v4(host), port, "203.0.113.9", HTTPS));
                assertEquals(
                        keys.size() - 1,
                        add(
                                new PacketBytes()
                                        .ipv4(IpProtocol.TCP, v4(host), "203.0.113.9")
                                        .tcp(port, HTTPS, 1, 2)));
                keys.add(key(IpProtocol.UDP, v6(host), port, "2001:db8::9", HTTPS));
                assertEquals(
                        keys.size() - 1,
                        add(
                                new PacketBytes()
                                        .ipv6(IpProtocol.UDP, v6(host), "2001:db8::9")
                                        .udp(port, HTTPS)));
            }
        }
        assertEquals(keys.size(), table.size());
        for (int flow = 0; flow < keys.size(); flow++) {
            assertEquals(keys.get(flow), table.key(flow));
            assertEquals(flow, table.find(keys.get(flow)));
        }
        assertEquals(
                keys.size() - 2,
                add(
                        new PacketBytes()
                                .ipv4(IpProtocol.TCP, "203.0.113.9", v4(4_000))
                                .tcp(HTTPS, 1, 1, 2)));
        assertEquals(keys.size(), table.size());
    }

    @Test
    void shouldTellWhatIsNotThere() {
        add(new PacketBytes().ipv4(IpProtocol.TCP, "0.0.0.1", "0.0.0.2").tcp(1, 2, 1, 2));
        assertEquals(0, table.find(key(IpProtocol.TCP, "0.0.0.1", 1, "0.0.0.2", 2)));
        assertEquals(
                FlowTable.NO_FLOW, table.find(key(IpProtocol.TCP, "0.0.0.1", 2, "0.0.0.2", 1)));
        assertEquals(
                FlowTable.NO_FLOW, table.find(key(IpProtocol.UDP, "0.0.0.1", 1, "0.0.0.2", 2)));
        assertEquals(FlowTable.NO_FLOW, table.find(key(IpProtocol.TCP, "::1", 1, "::2", 2)));
        assertEquals(FlowTable.NO_FLOW, table.find(key(IpProtocol.TCP, "0.0.0.1", 1, "::2", 2)));
    }
}
