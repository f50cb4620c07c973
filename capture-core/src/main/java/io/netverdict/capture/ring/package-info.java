/**
 * The recorder's memory: a fixed budget of off-heap segments, written by one {@link
 * io.netverdict.capture.ring.PacketRing} an interface, the oldest overwritten first, read by anyone
 * at any time by copying and then checking.
 */
package io.netverdict.capture.ring;
