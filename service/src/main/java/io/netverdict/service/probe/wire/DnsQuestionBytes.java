package io.netverdict.service.probe.wire;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A DNS query as it goes on the wire (RFC 1035 section 4.1), with recursion desired. */
final class DnsQuestionBytes {
    private static final int HEADER_BYTES = 12;
    private static final int MAX_LABEL_BYTES = 63;
    private static final int MAX_NAME_BYTES = 253;
    private static final short RECURSION_DESIRED = 0x0100;
    private static final short CLASS_IN = 1;

    private DnsQuestionBytes() {}

    /** The query; empty where the text cannot be a name. */
    static Optional<byte[]> of(int id, String name, int type) {
        String ascii;
        try {
            ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
        if (ascii.endsWith(".")) {
            ascii = ascii.substring(0, ascii.length() - 1);
        }
        if (ascii.isEmpty() || ascii.length() > MAX_NAME_BYTES) {
            return Optional.empty();
        }
        ByteBuffer query = ByteBuffer.allocate(HEADER_BYTES + ascii.length() + 6);
        query.putShort((short) id).putShort(RECURSION_DESIRED).putShort((short) 1);
        query.position(HEADER_BYTES);
        for (String label : ascii.split("\\.", -1)) {
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            if (bytes.length == 0 || bytes.length > MAX_LABEL_BYTES) {
                return Optional.empty();
            }
            query.put((byte) bytes.length).put(bytes);
        }
        query.put((byte) 0).putShort((short) type).putShort(CLASS_IN);
        return Optional.of(query.array());
    }
}
