package io.netverdict.it.conformance;

import io.netverdict.correlator.dissect.DissectedPacket;
import io.netverdict.correlator.dns.DnsMessage;
import io.netverdict.correlator.http.HttpResponse;
import io.netverdict.correlator.tls.TlsAlert;
import java.util.ArrayList;
import java.util.List;

/** A value of a message that is compared, and where tshark shows it. */
enum ValueComparison {
    TLS_ALERT("tls.alert_message.desc", true) {
        @Override
        List<String> ours(DissectedPacket packet) {
            List<String> values = new ArrayList<>();
            for (TlsAlert alert : packet.notes().tlsAlerts()) {
                if (alert.description() >= 0) {
                    values.add(String.valueOf(alert.description()));
                }
            }
            return values;
        }
    },
    DNS_RCODE("dns.flags.rcode", false) {
        @Override
        List<String> ours(DissectedPacket packet) {
            List<String> values = new ArrayList<>();
            for (DnsMessage message : packet.notes().dns()) {
                if (message.response()) {
                    values.add(String.valueOf(message.rcode()));
                }
            }
            return values;
        }
    },
    HTTP_STATUS("http.response.code", true) {
        @Override
        List<String> ours(DissectedPacket packet) {
            List<String> values = new ArrayList<>();
            for (HttpResponse response : packet.notes().httpResponses()) {
                values.add(String.valueOf(response.status()));
            }
            return values;
        }
    },
    ICMP_TYPE("icmp.type", false) {
        @Override
        List<String> ours(DissectedPacket packet) {
            return icmp(packet, 4, true);
        }
    },
    ICMP_CODE("icmp.code", false) {
        @Override
        List<String> ours(DissectedPacket packet) {
            return icmp(packet, 4, false);
        }
    },
    ICMPV6_TYPE("icmpv6.type", false) {
        @Override
        List<String> ours(DissectedPacket packet) {
            return icmp(packet, 6, true);
        }
    },
    ICMPV6_CODE("icmpv6.code", false) {
        @Override
        List<String> ours(DissectedPacket packet) {
            return icmp(packet, 6, false);
        }
    };

    private final String field;
    private final boolean byConnection;

    ValueComparison(String field, boolean byConnection) {
        this.field = field;
        this.byConnection = byConnection;
    }

    abstract List<String> ours(DissectedPacket packet);

    String field() {
        return field;
    }

    /**
     * Whether the order in the connection is compared instead of the frame: tshark shows a message
     * where its last segment is, which for HTTP is the end of the body.
     */
    boolean isByConnection() {
        return byConnection;
    }

    boolean isIcmp() {
        return field.startsWith("icmp");
    }

    private static List<String> icmp(DissectedPacket packet, int version, boolean type) {
        var message = packet.packet().icmp();
        if (message == null || message.version() != version) {
            return List.of();
        }
        return List.of(String.valueOf(type ? message.type() : message.code()));
    }
}
