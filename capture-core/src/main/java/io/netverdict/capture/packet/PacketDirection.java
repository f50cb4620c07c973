package io.netverdict.capture.packet;

/** Which way a packet crossed the interface, where the link layer or the capture tells. */
public enum PacketDirection {
    UNKNOWN,
    INBOUND,
    OUTBOUND
}
