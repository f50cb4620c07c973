package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.IpAddress;
import io.netverdict.nativelib.socket.SocketFailure;

/** Sends single packets of a size, not to be fragmented, and sees whether they arrive. */
interface MtuTrial {

    /**
     * What became of a packet.
     *
     * @param passed whether it was answered
     * @param mtuBytes what an ICMP error says would fit; -1 where none came
     * @param reporter who sent that error, or null
     */
    record Outcome(boolean passed, int mtuBytes, IpAddress reporter) {
        static final Outcome PASSED = new Outcome(true, -1, null);
        static final Outcome LOST = new Outcome(false, -1, null);
    }

    /** Sends a packet of so many bytes, IP header included, as often as it takes to be sure. */
    Outcome send(int packetBytes) throws SocketFailure;
}
