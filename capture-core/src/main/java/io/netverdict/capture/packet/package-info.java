/**
 * Packets and their headers: captured bytes, the in-place {@link
 * io.netverdict.capture.packet.HeaderView} the hot path reads with, and the immutable {@link
 * io.netverdict.capture.packet.DecodedPacket} the cold path reasons about.
 */
package io.netverdict.capture.packet;
