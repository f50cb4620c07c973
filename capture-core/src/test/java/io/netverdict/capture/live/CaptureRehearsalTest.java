package io.netverdict.capture.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.packet.HeaderView;
import io.netverdict.capture.packet.IpProtocol;
import io.netverdict.capture.packet.LinkType;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaptureRehearsalTest {
    @Test
    void shouldRehearseWithPacketsLikeThoseOfManyConnections() {
        CaptureRehearsal rehearsal = new CaptureRehearsal(PayloadCutoff.OFF);
        HeaderView view = new HeaderView();
        Set<Integer> ports = new HashSet<>();
        Set<Integer> lengths = new HashSet<>();
        rehearsal.frame().setZero(0, rehearsal.frame().capacity());
        for (int i = 0; i < 800; i++) {
            int length = rehearsal.next();
            lengths.add(length);
            view.wrap(rehearsal.frame().nioBuffer(0, length), 0, length, length, LinkType.ETHERNET);
            assertEquals(IpProtocol.TCP, view.protocol());
            assertTrue(view.hasPorts());
            assertFalse(view.malformed() || view.truncated());
            ports.add(Math.max(view.sourcePort(), view.destinationPort()));
        }
        rehearsal.frame().release();

        assertEquals(100, ports.size());
        assertEquals(3, lengths.size());
    }

    @Test
    void shouldEndAndFreeWhatItTook() {
        CaptureRehearsal rehearsal = new CaptureRehearsal(RecorderConfig.DEFAULT_CUTOFF_BYTES);

        rehearsal.run();

        assertEquals(0, rehearsal.frame().refCnt());
    }
}
