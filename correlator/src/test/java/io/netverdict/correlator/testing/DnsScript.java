package io.netverdict.correlator.testing;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.correlator.dns.DnsRcode;
import io.netverdict.correlator.dns.DnsType;

/** A stub resolver's UDP conversation with one name server. */
public final class DnsScript {
    private final PacketScript script;
    private final Endpoint client;
    private final Endpoint server;
    private int nextId;

    DnsScript(PacketScript script, Endpoint client, Endpoint server) {
        this.script = script;
        this.client = client;
        this.server = server;
        this.nextId = 0x5100 + client.port();
    }

    /** A query on the wire, to be answered or not. */
    public final class Asked {
        private final DnsMessages query;
        private final IpPacket packet;

        private Asked(DnsMessages query, IpPacket packet) {
            this.query = query;
            this.packet = packet;
        }

        public IpPacket packet() {
            return packet;
        }

        /** NOERROR with addresses ({@code CNAME:alias.example} for an alias), or none. */
        public IpPacket answered(double atSeconds, String... records) {
            return reply(atSeconds, query.answer(DnsRcode.NOERROR, records));
        }

        /** An answer that says no; records may hold a CNAME. */
        public IpPacket failed(double atSeconds, DnsRcode rcode, String... records) {
            return reply(atSeconds, query.answer(rcode, records));
        }

        /** An answer with TC set and nothing in it. */
        public IpPacket truncated(double atSeconds) {
            return reply(atSeconds, query.truncated());
        }

        private IpPacket reply(double atSeconds, byte[] message) {
            script.at(atSeconds);
            return script.udp(server, client, message).ttl(62);
        }

        /** The same query again, with the same id, as stub resolvers repeat it. */
        public Asked again(double atSeconds) {
            script.at(atSeconds);
            return new Asked(query, script.udp(client, server, query.query()));
        }
    }

    /** A query for one type. */
    public Asked asks(double atSeconds, String name, DnsType type) {
        script.at(atSeconds);
        DnsMessages query = new DnsMessages(nextId++ & 0xFFFF, name, type);
        return new Asked(query, script.udp(client, server, query.query()));
    }

    /** The usual prelude: one A query, one answer in time. */
    public void resolves(double atSeconds, String name, String address) {
        asks(atSeconds, name, DnsType.A).answered(atSeconds + 0.005, address);
    }
}
