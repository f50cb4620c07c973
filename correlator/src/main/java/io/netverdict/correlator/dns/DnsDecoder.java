package io.netverdict.correlator.dns;

import io.kaitai.struct.ByteBufferKaitaiStream;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.decode.DecodeState;
import io.netverdict.correlator.decode.StructReader;
import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.wire.Dns;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads DNS messages (RFC 1035), mDNS (RFC 6762) and LLMNR (RFC 4795) among them.
 *
 * <p>Never throws on network bytes: what comes before a break is returned. Stateless.
 */
public final class DnsDecoder {
    private static final int HEADER_BYTES = 12;
    private static final int LENGTH_PREFIX_BYTES = 2;
    private static final int MAX_OPCODE = 6;
    private static final int UNASSIGNED_OPCODE = 3;

    /** Bytes of data before the name that a record of the type points to. */
    private static final int MX_NAME_OFFSET = 2;

    private static final int SRV_NAME_OFFSET = 6;
    private static final int SVCB_NAME_OFFSET = 2;

    private DnsDecoder() {}

    /**
     * Reads the payload of a datagram.
     *
     * @param payload what was captured of it
     * @param payloadCut whether there was more of it on the wire
     * @return empty where this is no DNS: too short for a header, an operation that does not exist,
     *     nothing asked and nothing answered
     */
    public static Optional<DnsMessage> decode(ByteBuffer payload, boolean payloadCut) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return decode(bytes, payloadCut);
    }

    /** Reads the messages of one direction of a connection. */
    public static List<DnsOverTcpMessage> decodeTcp(DirectionStream stream) {
        List<DnsOverTcpMessage> messages = new ArrayList<>();
        long offset = 0;
        while (offset < stream.end()) {
            byte[] prefix = stream.bytes(offset, LENGTH_PREFIX_BYTES);
            if (prefix.length < LENGTH_PREFIX_BYTES) {
                break;
            }
            int length = (prefix[0] & 0xFF) << 8 | (prefix[1] & 0xFF);
            byte[] bytes = stream.bytes(offset + LENGTH_PREFIX_BYTES, length);
            Optional<DnsMessage> message = decode(bytes, bytes.length < length);
            if (message.isEmpty()) {
                break;
            }
            long lastByte = Math.min(offset + LENGTH_PREFIX_BYTES + length, stream.end()) - 1;
            DirectionStream.Piece first = stream.pieceAt(offset);
            DirectionStream.Piece last = stream.pieceAt(lastByte);
            messages.add(
                    new DnsOverTcpMessage(
                            message.get(),
                            offset,
                            first == null ? null : first.packet(),
                            last == null ? null : last.packet()));
            offset += LENGTH_PREFIX_BYTES + length;
        }
        return messages;
    }

    private static Optional<DnsMessage> decode(byte[] bytes, boolean cut) {
        if (bytes.length < HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBufferKaitaiStream io = StructReader.over(bytes);
        Dns.Header header = new Dns.Header(io);
        header._read();
        boolean nothingInIt =
                header.questionCount() == 0
                        && header.answerCount() == 0
                        && header.authorityCount() == 0
                        && header.additionalCount() == 0;
        if (header.opcode() > MAX_OPCODE
                || header.opcode() == UNASSIGNED_OPCODE
                || (nothingInIt && !header.isResponse())) {
            return Optional.empty();
        }
        return Optional.of(new Sections(bytes, cut, io).message(header));
    }

    /** The sections of one message, up to the first break. */
    private static final class Sections {
        private final byte[] bytes;
        private final boolean cut;
        private final ByteBufferKaitaiStream io;
        private String problem;
        private DecodeState state = DecodeState.COMPLETE;

        Sections(byte[] bytes, boolean cut, ByteBufferKaitaiStream io) {
            this.bytes = bytes;
            this.cut = cut;
            this.io = io;
        }

        DnsMessage message(Dns.Header header) {
            List<DnsQuestion> questions = questions(header.questionCount());
            List<DnsRecord> answers = records(header.answerCount(), "answer");
            List<DnsRecord> authorities = records(header.authorityCount(), "authority");
            List<DnsRecord> additionals = records(header.additionalCount(), "additional");
            return new DnsMessage(
                    header.transactionId(),
                    header.isResponse(),
                    header.opcode(),
                    header.isAuthoritative(),
                    header.isTruncated(),
                    header.isRecursionAvailable(),
                    header.rcode(),
                    questions,
                    answers,
                    authorities,
                    additionals,
                    header.answerCount(),
                    state,
                    problem);
        }

        private List<DnsQuestion> questions(int count) {
            List<DnsQuestion> questions = new ArrayList<>();
            while (state == DecodeState.COMPLETE && questions.size() < count) {
                int start = io.pos();
                Dns.Question question = new Dns.Question(io);
                if (!StructReader.completes(question::_read)) {
                    broken("question", questions.size(), count, start);
                    break;
                }
                String name = DnsName.read(bytes, start);
                if (name == null) {
                    malformed("question", questions.size(), "a bad name", start);
                    break;
                }
                questions.add(new DnsQuestion(name, question.type()));
            }
            return questions;
        }

        private List<DnsRecord> records(int count, String section) {
            List<DnsRecord> records = new ArrayList<>();
            while (state == DecodeState.COMPLETE && records.size() < count) {
                int start = io.pos();
                Dns.ResourceRecord record = new Dns.ResourceRecord(io);
                if (!StructReader.completes(record::_read)) {
                    broken(section, records.size(), count, start);
                    break;
                }
                String name = DnsName.read(bytes, start);
                if (name == null) {
                    malformed(section, records.size(), "a bad name", start);
                    break;
                }
                records.add(record(name, record, io.pos() - record.lenData()));
            }
            return records;
        }

        private DnsRecord record(String name, Dns.ResourceRecord record, int dataStart) {
            int nameOffset =
                    switch (DnsType.of(record.type())) {
                        case CNAME, DNAME, NS, PTR, SOA -> 0;
                        case MX -> MX_NAME_OFFSET;
                        case SRV -> SRV_NAME_OFFSET;
                        case SVCB, HTTPS -> SVCB_NAME_OFFSET;
                        default -> -1;
                    };
            String target = null;
            if (nameOffset >= 0 && nameOffset < record.lenData()) {
                // Not beyond the record's own data, though pointers may lead before it.
                byte[] upToHere = Arrays.copyOf(bytes, dataStart + record.lenData());
                target = DnsName.read(upToHere, dataStart + nameOffset);
            }
            return new DnsRecord(
                    name, record.type(), record.ttl(), record.lenData(), address(record), target);
        }

        private static IpAddress address(Dns.ResourceRecord record) {
            boolean v4 = record.type() == DnsType.A.code() && record.lenData() == 4;
            boolean v6 = record.type() == DnsType.AAAA.code() && record.lenData() == 16;
            return v4 || v6 ? IpAddress.of(record.data()) : null;
        }

        private void broken(String section, int index, int count, int start) {
            state = cut ? DecodeState.TRUNCATED : DecodeState.MALFORMED;
            problem =
                    String.format(
                            "%s %d of %d at byte %d %s",
                            section,
                            index + 1,
                            count,
                            start,
                            cut ? "was cut off" : "is not there or goes beyond the message");
        }

        private void malformed(String section, int index, String what, int start) {
            state = DecodeState.MALFORMED;
            problem = String.format("%s %d at byte %d has %s", section, index + 1, start, what);
        }
    }
}
