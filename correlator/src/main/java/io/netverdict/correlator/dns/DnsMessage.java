package io.netverdict.correlator.dns;

import io.netverdict.correlator.decode.DecodeState;
import java.util.List;

/**
 * A DNS message, as much of it as could be read.
 *
 * @param id transaction id, 0 to 65535
 * @param response whether QR is set
 * @param opcode 0 is a query
 * @param authoritative AA
 * @param truncated TC: the server left something out; says nothing about the capture
 * @param recursionAvailable RA
 * @param rcode the header's four bits, see {@link DnsRcode}
 * @param questions those that could be read
 * @param answers those that could be read
 * @param authorities those that could be read
 * @param additionals those that could be read, OPT among them
 * @param announcedAnswers ANCOUNT of the header; more than {@code answers} has where records are
 *     missing
 * @param state how far the message could be read
 * @param problem what is wrong or missing, in words; null when {@code state} is COMPLETE
 */
public record DnsMessage(
        int id,
        boolean response,
        int opcode,
        boolean authoritative,
        boolean truncated,
        boolean recursionAvailable,
        int rcode,
        List<DnsQuestion> questions,
        List<DnsRecord> answers,
        List<DnsRecord> authorities,
        List<DnsRecord> additionals,
        int announcedAnswers,
        DecodeState state,
        String problem) {

    public DnsMessage {
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
        authorities = List.copyOf(authorities);
        additionals = List.copyOf(additionals);
    }

    /** The response code by name. */
    public DnsRcode rcodeName() {
        return DnsRcode.of(rcode);
    }

    /** Whether the recording has cut off answers, so that it is not known what they say. */
    public boolean answersCut() {
        return rcodeName() == DnsRcode.NOERROR
                && answersMissing()
                && state == DecodeState.TRUNCATED;
    }

    /** Whether records that the header announces as answers are not there. */
    public boolean answersMissing() {
        return announcedAnswers > answers.size();
    }
}
