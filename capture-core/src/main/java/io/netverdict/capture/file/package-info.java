/**
 * Capture files: {@link io.netverdict.capture.file.FileRecording} reads pcap and pcapng (either
 * also gzipped), {@link io.netverdict.capture.file.PcapngWriter} writes pcapng.
 *
 * <p>One pass over the mapped file builds primitive tables of packets and flows; packets are cut
 * out of the mapping when they are asked for. A damaged file is read up to the break.
 */
package io.netverdict.capture.file;
