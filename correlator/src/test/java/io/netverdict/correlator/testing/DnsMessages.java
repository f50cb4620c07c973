package io.netverdict.correlator.testing;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.decode.TestBytes;
import io.netverdict.correlator.dns.DnsRcode;
import io.netverdict.correlator.dns.DnsType;

/**
 * DNS messages about one question (RFC 1035).
 *
 * @param id of query and answer
 */
public record DnsMessages(int id, String name, DnsType type) {
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int RESPONSE = 0x8180;
    private static final int TRUNCATED = 0x0200;
    private static final int CLASS_IN = 1;
    private static final int TTL_SECONDS = 60;
    private static final String ALIAS = "CNAME:";

    public byte[] query() {
        return header(RECURSION_DESIRED, 0).raw(question()).build();
    }

    /** A response whose records are addresses or {@code CNAME:name}, each about the one before. */
    public byte[] answer(DnsRcode rcode, String... records) {
        TestBytes bytes = header(RESPONSE | rcode.code(), records.length).raw(question());
        String owner = name;
        for (String record : records) {
            boolean alias = record.startsWith(ALIAS);
            TestBytes data = new TestBytes();
            int recordType = DnsType.CNAME.code();
            if (alias) {
                data.raw(wireName(record.substring(ALIAS.length())));
            } else {
                IpAddress address = PacketScript.address(record);
                IpPacket.address(data, address);
                recordType = address.v6() ? DnsType.AAAA.code() : DnsType.A.code();
            }
            byte[] content = data.build();
            bytes.raw(wireName(owner))
                    .u16(recordType, CLASS_IN)
                    .u32(TTL_SECONDS)
                    .u16(content.length)
                    .raw(content);
            owner = alias ? record.substring(ALIAS.length()) : owner;
        }
        return bytes.build();
    }

    public byte[] truncated() {
        return header(RESPONSE | TRUNCATED, 0).raw(question()).build();
    }

    /** A message as it goes over TCP, behind its length. */
    public static byte[] overTcp(byte[] message) {
        return new TestBytes().u16(message.length).raw(message).build();
    }

    private TestBytes header(int flags, int answers) {
        return new TestBytes().u16(id, flags, 1, answers, 0, 0);
    }

    private byte[] question() {
        return new TestBytes().raw(wireName(name)).u16(type.code(), CLASS_IN).build();
    }

    private static byte[] wireName(String name) {
        TestBytes bytes = new TestBytes();
        for (String label : name.split("\\.")) {
            bytes.u8(label.length()).text(label);
        }
        return bytes.u8(0).build();
    }
}
