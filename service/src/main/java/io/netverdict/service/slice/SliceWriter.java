package io.netverdict.service.slice;

import io.netverdict.capture.file.PcapngSection;
import io.netverdict.capture.file.PcapngWriter;
import io.netverdict.capture.recording.RecordedInterface;
import io.netverdict.correlator.Diagnosis;
import io.netverdict.correlator.model.Evidence;
import io.netverdict.correlator.model.SliceInfo;
import io.netverdict.correlator.model.Verdict;
import io.netverdict.service.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Writes the packets of a diagnosis as a slice: the verdict in the file's head, and on each packet
 * that is evidence a comment that says of what.
 */
public final class SliceWriter {
    private SliceWriter() {}

    /**
     * Writes a slice and tells its figures.
     *
     * @param out flushed, not closed
     * @param diagnosis with evidence that cites the recording's numbers
     * @param interfaces those of the recording
     */
    public static SliceInfo write(
            OutputStream out, Diagnosis diagnosis, List<RecordedInterface> interfaces)
            throws IOException {
        return write(out, diagnosis, interfaces, Map.of());
    }

    /**
     * Writes a slice and tells its figures.
     *
     * @param out flushed, not closed
     * @param diagnosis with evidence that cites the recording's numbers
     * @param interfaces those of the recording
     * @param marks comments on packets, by their numbers, beside those of the evidence
     */
    public static SliceInfo write(
            OutputStream out,
            Diagnosis diagnosis,
            List<RecordedInterface> interfaces,
            Map<Long, String> marks)
            throws IOException {
        Verdict verdict = diagnosis.verdict();
        PcapngSection section =
                PcapngSection.ofThisMachine(
                        "netverdict " + Version.current(),
                        verdict.cause().code() + ": " + verdict.explanation());
        DigestOutputStream digested = new DigestOutputStream(out, sha256());
        Map<Long, String> comments = comments(verdict, marks);
        long bytes =
                PcapngWriter.writeSlice(
                        digested, section, interfaces, diagnosis.packets(), comments::get);
        String sha256 = HexFormat.of().formatHex(digested.getMessageDigest().digest());
        return new SliceInfo(diagnosis.packets().size(), bytes, sha256);
    }

    private static Map<Long, String> comments(Verdict verdict, Map<Long, String> marks) {
        Map<Long, String> comments = new HashMap<>(marks);
        for (Evidence evidence : verdict.evidence()) {
            for (Long frame : evidence.frames()) {
                comments.merge(frame, evidence.text(), (one, other) -> one + "\n" + other);
            }
        }
        return comments;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
