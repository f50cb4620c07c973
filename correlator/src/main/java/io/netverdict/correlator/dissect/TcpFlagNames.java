package io.netverdict.correlator.dissect;

import io.netverdict.capture.packet.Transport.Tcp;

/** Writes TCP flags by name, in the order in which people say them: {@code SYN,ACK}. */
final class TcpFlagNames {
    private static final int[] BITS = {
        Tcp.SYN, Tcp.FIN, Tcp.RST, Tcp.PSH, Tcp.ACK, Tcp.URG, 0x40, 0x80
    };
    private static final String[] NAMES = {"SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};

    private TcpFlagNames() {}

    static String of(int flags) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < BITS.length; i++) {
            if ((flags & BITS[i]) != 0) {
                names.append(names.isEmpty() ? "" : ",").append(NAMES[i]);
            }
        }
        return names.toString();
    }
}
