package io.netverdict.correlator.dissect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.packet.LinkType;
import io.netverdict.capture.packet.Transport.Tcp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDissectionTest {
    private static final int CLIENT = 0x0A000001;
    private static final int SERVER = 0x0A000002;
    private static final int ROUTER = 0x0A0000FE;
    private static final int MICROS_PER_PACKET = 1000;

    @TempDir private Path directory;

    private final ByteBuffer file = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private int packets;

    FileDissectionTest() {
        file.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putLong(0);
        file.putInt(65535).putInt(LinkType.RAW.code());
    }

    private void packet(int protocol, int source, int destination, int fragment, byte[] content) {
        file.putInt(1_700_000_000).putInt(MICROS_PER_PACKET * packets++);
        file.putInt(20 + content.length).putInt(20 + content.length);
        ByteBuffer ip = ByteBuffer.allocate(20);
        ip.put((byte) 0x45).put((byte) 0).putShort((short) (20 + content.length));
        ip.putShort((short) 77).putShort((short) fragment).put((byte) 64).put((byte) protocol);
        ip.putShort((short) 0).putInt(source).putInt(destination);
        file.put(ip.array()).put(content);
    }

    private void tcp(boolean client, int sequence, int acknowledgment, int flags, byte[] payload) {
        ByteBuffer segment = ByteBuffer.allocate(20 + payload.length);
        segment.putShort((short) (client ? 40000 : 80)).putShort((short) (client ? 80 : 40000));
        segment.putInt((client ? 1000 : 5000) + sequence);
        segment.putInt((flags & Tcp.ACK) == 0 ? 0 : (client ? 5000 : 1000) + acknowledgment);
        segment.put((byte) 0x50).put((byte) flags).putShort((short) 8000).putInt(0).put(payload);
        packet(6, client ? CLIENT : SERVER, client ? SERVER : CLIENT, 0, segment.array());
    }

    private void handshake() {
        tcp(true, 0, 0, Tcp.SYN, new byte[0]);
        tcp(false, 0, 1, Tcp.SYN | Tcp.ACK, new byte[0]);
        tcp(true, 1, 1, Tcp.ACK, new byte[0]);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private List<DissectedPacket> dissect() throws IOException {
        Path path = directory.resolve("packets.pcap");
        byte[] bytes = new byte[file.position()];
        file.duplicate().flip().get(bytes);
        Files.write(path, bytes);
        List<DissectedPacket> dissected = new ArrayList<>();
        try (FileRecording recording = FileRecording.open(path)) {
            FileDissection.of(recording).forEach(dissected::add);
        }
        return dissected;
    }

    private static ObjectNode json(DissectedPacket packet) {
        return new PacketJson(6).of(packet);
    }

    @Test
    void shouldSayEverythingOfARetransmittedSegment() throws IOException {
        handshake();
        tcp(true, 1, 1, Tcp.PSH | Tcp.ACK, new byte[10]);
        tcp(true, 1, 1, Tcp.PSH | Tcp.ACK, new byte[10]);
        assertEquals(
                "{\"frame\":5,\"time\":\"2023-11-14T22:13:20.004000Z\",\"flow\":1,"
                        + "\"src\":\"10.0.0.1:40000\",\"dst\":\"10.0.0.2:80\",\"protocol\":\"tcp\","
                        + "\"length\":50,\"tcp\":{\"flags\":\"PSH,ACK\",\"seq\":1001,\"ack\":5001,"
                        + "\"payload\":10,\"window\":8000,\"analysis\":[\"retransmission\"]}}",
                json(dissect().get(4)).toString());
    }

    @Test
    void shouldPrintALineForPeople() throws IOException {
        handshake();
        tcp(true, 1, 1, Tcp.PSH | Tcp.ACK, ascii("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"));
        PacketText text = new PacketText(6);
        List<String> lines = dissect().stream().map(text::of).toList();
        assertEquals(
                "     4  0.003000  #1  10.0.0.1:40000 > 10.0.0.2:80  http  length 75"
                        + "  PSH,ACK seq 1 ack 1 payload 35 window 8000"
                        + "  GET / HTTP/1.1 host a.example",
                lines.get(3));
    }

    @Test
    void shouldNoteHttpWhereItBeginsAlthoughSegmentsComeOutOfOrder() throws IOException {
        handshake();
        tcp(true, 1, 1, Tcp.PSH | Tcp.ACK, ascii("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"));
        tcp(false, 13, 36, Tcp.ACK, ascii(" OK\r\nContent-Length: 0\r\n\r\n"));
        tcp(false, 1, 36, Tcp.ACK, ascii("HTTP/1.1 404"));
        tcp(false, 1, 36, Tcp.ACK, ascii("HTTP/1.1 404"));
        List<DissectedPacket> dissected = dissect();
        assertEquals(404, json(dissected.get(5)).path("http").path("status").asInt());
        assertTrue(json(dissected.get(4)).path("http").isMissingNode());
        assertTrue(json(dissected.get(6)).path("http").isMissingNode());
    }

    @Test
    void shouldReadTlsBehindTheAnswerToAConnect() throws IOException {
        handshake();
        byte[] request = ascii("CONNECT b.example:443 HTTP/1.1\r\nHost: b.example:443\r\n\r\n");
        byte[] answer = ascii("HTTP/1.1 200 Connection established\r\n\r\n");
        tcp(true, 1, 1, Tcp.ACK, request);
        tcp(false, 1, 1 + request.length, Tcp.ACK, answer);
        byte[] alert = {21, 3, 3, 0, 2, 2, 40};
        tcp(false, 1 + answer.length, 1 + request.length, Tcp.ACK, alert);
        List<DissectedPacket> dissected = dissect();
        assertEquals("CONNECT", json(dissected.get(3)).path("http").path("method").asText());
        assertEquals(200, json(dissected.get(4)).path("http").path("status").asInt());
        ObjectNode last = json(dissected.get(5));
        assertEquals("tls", last.path("protocol").asText());
        assertEquals(
                "handshake_failure",
                last.path("tls").path("alerts").path(0).path("description").asText());
    }

    @Test
    void shouldTellWhereADatagramIsReassembledAndReadItThere() throws IOException {
        byte[] query = {
            0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'a', 7, 'e', 'x', 'a', 'm', 'p', 'l', 'e',
            0, 0, 1, 0, 1
        };
        ByteBuffer datagram = ByteBuffer.allocate(8 + query.length);
        datagram.putShort((short) 40000).putShort((short) 53);
        datagram.putShort((short) (8 + query.length)).putShort((short) 0).put(query);
        byte[] bytes = datagram.array();
        packet(17, CLIENT, SERVER, 0x2000, Arrays.copyOf(bytes, 16));
        packet(17, CLIENT, SERVER, 2, Arrays.copyOfRange(bytes, 16, bytes.length));
        List<DissectedPacket> dissected = dissect();
        ObjectNode first = json(dissected.get(0));
        assertEquals(2, first.path("ip").path("fragment").path("reassembledIn").asInt());
        assertTrue(first.path("dns").isMissingNode());
        ObjectNode last = json(dissected.get(1));
        assertEquals("[1,2]", last.path("ip").path("fragment").path("frames").toString());
        assertEquals("10.0.0.1:40000", last.path("src").asText());
        assertEquals("a.example", last.path("dns").path("questions").path(0).path("name").asText());
    }

    @Test
    void shouldShowWhatAnIcmpErrorQuotes() throws IOException {
        ByteBuffer message = ByteBuffer.allocate(8 + 28);
        message.put((byte) 3).put((byte) 4).putShort((short) 0).putShort((short) 0);
        message.putShort((short) 1400);
        message.put((byte) 0x45).put((byte) 0).putShort((short) 1500).putInt(0);
        message.put((byte) 63).put((byte) 6).putShort((short) 0).putInt(CLIENT).putInt(SERVER);
        message.putShort((short) 40000).putShort((short) 443).putInt(99);
        packet(1, ROUTER, CLIENT, 0, message.array());
        assertEquals(
                "{\"type\":3,\"code\":4,\"mtu\":1400,\"quoted\":{\"src\":\"10.0.0.1:40000\","
                        + "\"dst\":\"10.0.0.2:443\",\"protocol\":6,\"seq\":99}}",
                json(dissect().get(0)).path("icmp").toString());
    }

    @Test
    void shouldNumberFlowsByConnectionAndInOrder() throws IOException {
        handshake();
        packet(17, CLIENT, SERVER, 0, new byte[] {1, 2, 3, 4, 0, 8, 0, 0});
        tcp(true, 900_000, 0, Tcp.SYN, new byte[0]);
        List<Integer> flows = dissect().stream().map(DissectedPacket::flow).toList();
        assertEquals(List.of(1, 1, 1, 2, 3), flows);
    }
}
