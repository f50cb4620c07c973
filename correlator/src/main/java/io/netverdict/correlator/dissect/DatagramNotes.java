package io.netverdict.correlator.dissect;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.capture.packet.Transport.Udp;
import io.netverdict.correlator.dns.DnsDecoder;
import io.netverdict.correlator.quic.CryptoStream;
import io.netverdict.correlator.quic.QuicDecoder;
import io.netverdict.correlator.quic.QuicPacket;
import io.netverdict.correlator.quic.QuicPacket.QuicInitial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Notes the messages of UDP datagrams: DNS on its ports, QUIC where a long header says so. Reads
 * datagrams in order, since the keys of a server's Initial come from its client's. Not thread-safe.
 */
final class DatagramNotes {
    private static final int DNS_PORT = 53;
    private static final int MDNS_PORT = 5353;
    private static final int LLMNR_PORT = 5355;
    private static final int LONG_HEADER_BIT = 0x80;
    private static final int MIN_INITIAL_BYTES = 21;
    private static final int MAX_QUIC_FLOWS = 4096;
    private static final int MAX_HELLO_PACKETS = 16;

    /**
     * The client of a flow.
     *
     * @param destinationId what it called its server first
     * @param initials those that may carry parts of its ClientHello
     */
    private record QuicClient(String destinationId, int port, List<QuicInitial> initials) {}

    private final Map<Integer, QuicClient> clients =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, QuicClient> eldest) {
                    return size() > MAX_QUIC_FLOWS;
                }
            };

    /** The notes of a datagram, or {@link FrameNotes#NONE}. */
    FrameNotes read(DecodedPacket packet, int flow) {
        Udp datagram = packet.udp();
        if (datagram == null || !datagram.payload().hasRemaining()) {
            return FrameNotes.NONE;
        }
        FrameNotes notes = new FrameNotes();
        if (isDnsPort(datagram.sourcePort()) || isDnsPort(datagram.destinationPort())) {
            DnsDecoder.decode(datagram.payload(), datagram.payloadCut())
                    .ifPresent(notes.dns()::add);
        } else if (looksLikeQuic(datagram)) {
            quic(datagram, flow, notes);
        }
        boolean empty = notes.dns().isEmpty() && notes.quic().isEmpty();
        return empty ? FrameNotes.NONE : notes;
    }

    private static boolean isDnsPort(int port) {
        return port == DNS_PORT || port == MDNS_PORT || port == LLMNR_PORT;
    }

    private static boolean looksLikeQuic(Udp datagram) {
        return datagram.payload().remaining() >= MIN_INITIAL_BYTES
                && (datagram.payload().get(datagram.payload().position()) & LONG_HEADER_BIT) != 0;
    }

    private void quic(Udp datagram, int flow, FrameNotes notes) {
        QuicClient client = clients.get(flow);
        boolean fromServer = client != null && datagram.destinationPort() == client.port();
        List<QuicPacket> packets =
                fromServer
                        ? QuicDecoder.decodeFromServer(datagram.payload(), client.destinationId())
                        : QuicDecoder.decodeAll(datagram.payload());
        for (QuicPacket packet : packets) {
            if (client == null && packet instanceof QuicInitial initial && initial.decrypted()) {
                client =
                        new QuicClient(
                                initial.destinationId(), datagram.sourcePort(), new ArrayList<>());
                clients.put(flow, client);
            }
        }
        if (client == null) {
            // A long header alone is one byte that many protocols begin with.
            packets.stream().filter(QuicInitial.class::isInstance).forEach(notes.quic()::add);
            return;
        }
        notes.quic().addAll(packets);
        if (!fromServer) {
            clientHello(client, packets, notes);
        }
    }

    private static void clientHello(QuicClient client, List<QuicPacket> packets, FrameNotes notes) {
        boolean carriesCrypto = false;
        for (QuicPacket packet : packets) {
            if (packet instanceof QuicInitial initial
                    && !initial.crypto().isEmpty()
                    && client.initials().size() < MAX_HELLO_PACKETS) {
                client.initials().add(initial);
                carriesCrypto = true;
            }
        }
        if (carriesCrypto) {
            CryptoStream.clientHelloOf(client.initials()).ifPresent(notes::quicHelloRead);
        }
    }
}
