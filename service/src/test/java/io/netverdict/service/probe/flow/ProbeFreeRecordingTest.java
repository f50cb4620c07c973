package io.netverdict.service.probe.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.recording.RecordedFlow;
import io.netverdict.capture.recording.Recording;
import io.netverdict.service.SampleCapture;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample's four SYNs come from port 40112, at 0, 1.02, 3.07 and 7.1 seconds. */
class ProbeFreeRecordingTest {
    private static final int PORT = 40112;
    private static final IpAddress SERVER = IpAddress.parse("192.0.2.80").orElseThrow();
    private static final Instant END = SampleCapture.START.plusSeconds(20);

    @TempDir private Path directory;
    private Path file;

    @BeforeEach
    void writeSample() throws Exception {
        file = SampleCapture.writeTo(directory);
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    private static ProbeFlow probe(int port, int remotePort, double fromSeconds) {
        long start = nanos(SampleCapture.START) + (long) (fromSeconds * 1e9);
        return new ProbeFlow("i", IpProtocol.TCP, port, SERVER, remotePort, start);
    }

    private int visible(ProbeFlow probe) throws Exception {
        try (Recording hidden = new ProbeFreeRecording(FileRecording.open(file), List.of(probe))) {
            List<RecordedFlow> flows = hidden.flows(Long.MIN_VALUE, nanos(END));
            return hidden.packets(
                            flows.stream().map(RecordedFlow::key).toList(),
                            Long.MIN_VALUE,
                            nanos(END))
                    .size();
        }
    }

    @Test
    void shouldHideTheFlowOfAProbe() throws Exception {
        assertEquals(0, visible(probe(PORT, 8443, 0)));
        assertEquals(0, visible(probe(PORT, 0, 0)));
    }

    @Test
    void shouldNotHideAnotherFlowToTheSameHost() throws Exception {
        assertEquals(4, visible(probe(PORT + 1, 8443, 0)));
        assertEquals(4, visible(probe(PORT, 443, 0)));
    }

    @Test
    void shouldNotHideAClientThatHadThePortBefore() throws Exception {
        assertEquals(2, visible(probe(PORT, 8443, 2)));
    }

    @Test
    void shouldHandOutTheRecordingItselfWhereNobodyProbed() throws Exception {
        try (Recording recording = FileRecording.open(file)) {
            assertSame(recording, new ProbeFlows().hideIn(recording));
        }
    }

    @Test
    void shouldFindThePacketsOfOneIncidentsProbesOnly() throws Exception {
        ProbeFlows flows = new ProbeFlows();
        flows.open("i", IpProtocol.TCP, PORT, SERVER, 8443);
        try (Recording recording = FileRecording.open(file)) {
            // The sample is older than the flow.
            assertEquals(List.of(), flows.packetsOf("i", recording, 100));
            assertEquals(List.of(), flows.packetsOf("other", recording, 100));
        }
    }
}
