package io.netverdict.correlator.testing;

import io.netverdict.correlator.decode.TestBytes;

/** A packet of a {@link PacketScript}; its bytes are made when the recording is. */
public abstract class ScriptedPacket {
    static final int ETHERTYPE_IPV4 = 0x0800;
    static final int ETHERTYPE_ARP = 0x0806;
    static final int ETHERTYPE_IPV6 = 0x86DD;

    private final long timeNanos;
    private boolean recorded = true;
    private int interfaceIndex;
    private long number;

    ScriptedPacket(long timeNanos) {
        this.timeNanos = timeNanos;
    }

    /** Arrives where it is sent to, but the recorder misses it. */
    public ScriptedPacket unrecorded() {
        recorded = false;
        return this;
    }

    /** Is seen on another interface of the recording, from 0. */
    public ScriptedPacket on(int otherInterface) {
        interfaceIndex = otherInterface;
        return this;
    }

    long timeNanos() {
        return timeNanos;
    }

    boolean recorded() {
        return recorded;
    }

    int interfaceIndex() {
        return interfaceIndex;
    }

    void number(long value) {
        number = value;
    }

    /** The frame number; 0 before the recording was made or where it is not in it. */
    public long number() {
        return number;
    }

    /** The packet from the link header on. */
    final byte[] bytes() {
        return new TestBytes()
                .u8(2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1)
                .u16(etherType())
                .raw(network())
                .build();
    }

    abstract int etherType();

    /** The packet from the network header on. */
    abstract byte[] network();
}
