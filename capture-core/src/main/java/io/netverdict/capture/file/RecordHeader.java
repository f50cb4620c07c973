package io.netverdict.capture.file;

import io.netverdict.capture.packet.PacketDirection;

/**
 * What stands before a packet's bytes in a file; filled anew for each packet, so that going through
 * a file allocates nothing. For one thread.
 */
final class RecordHeader {
    /** Where the packet's bytes begin in the file. */
    long dataOffset;

    /** Where the record ends in the file, and the next begins as a rule. */
    long recordEnd;

    /** Nanoseconds since the epoch. */
    long timeNanos;

    /** As the file states it; {@link #wireLength()} is fit for use. */
    long statedWireLength;

    /** Bytes of the packet in the file. */
    long capturedLength;

    /** Counts all sections of a file. */
    int interfaceIndex;

    /** Packets lost between the one before and this. */
    long droppedBefore;

    PacketDirection direction = PacketDirection.UNKNOWN;

    /** Bytes the packet had on the wire, at least those captured. */
    int wireLength() {
        return PacketLimits.wireBytes(statedWireLength, capturedLength);
    }
}
