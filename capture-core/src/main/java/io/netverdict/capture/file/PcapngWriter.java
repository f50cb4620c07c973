package io.netverdict.capture.file;

import io.netverdict.capture.packet.CapturedPacket;
import io.netverdict.capture.recording.RecordedInterface;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Writes a pcapng file of one section: nanosecond times, directions where known, comments on
 * packets (draft-ietf-opsawg-pcapng). Little-endian. Not thread-safe; after an {@link IOException}
 * the file is unusable.
 */
public final class PcapngWriter implements AutoCloseable {
    private static final int TIME_DIGITS = 9;
    private static final int MAX_OPTION_BYTES = 0xFFFF;
    private static final long UNKNOWN_SECTION_LENGTH = -1;
    private static final int FIRST_BLOCK_BYTES = 4096;
    private static final int OUTPUT_BUFFER_BYTES = 1 << 16;

    private final OutputStream out;

    /** The block being built; grows to the largest block. */
    private ByteBuffer block;

    private int interfaces;
    private long packets;
    private long bytes;

    /**
     * Begins a file.
     *
     * @param out closed by {@link #close()}
     */
    public PcapngWriter(OutputStream out, PcapngSection section) throws IOException {
        this.out = new BufferedOutputStream(out, OUTPUT_BUFFER_BYTES);
        block = newBlock(FIRST_BLOCK_BYTES);
        begin(Pcapng.SECTION_HEADER);
        block.putInt(Pcapng.BYTE_ORDER_MAGIC);
        block.putShort((short) Pcapng.MAJOR_VERSION).putShort((short) Pcapng.MINOR_VERSION);
        block.putLong(UNKNOWN_SECTION_LENGTH);
        textOption(Pcapng.SECTION_HARDWARE, section.hardware());
        textOption(Pcapng.SECTION_OS, section.os());
        textOption(Pcapng.SECTION_APPLICATION, section.application());
        textOption(Pcapng.OPTION_COMMENT, section.comment());
        option(Pcapng.OPTION_END, new byte[0]);
        end();
    }

    /** Creates a file, or replaces one. */
    public static PcapngWriter create(Path file, PcapngSection section) throws IOException {
        return new PcapngWriter(Files.newOutputStream(file), section);
    }

    /**
     * Writes a whole slice; its frames count from 1 in the order of the list.
     *
     * @param out flushed, not closed
     * @param interfaces those of the recording the packets come from
     * @param comment the comment on a packet by its number in the recording, or null for none
     * @return bytes written
     */
    public static long writeSlice(
            OutputStream out,
            PcapngSection section,
            List<RecordedInterface> interfaces,
            List<CapturedPacket> packets,
            LongFunction<String> comment)
            throws IOException {
        // Not closed: the stream is the caller's.
        @SuppressWarnings("resource")
        PcapngWriter writer = new PcapngWriter(out, section);
        for (RecordedInterface recorded : interfaces) {
            writer.addInterface(recorded);
        }
        for (CapturedPacket packet : packets) {
            writer.write(packet, comment.apply(packet.number()));
        }
        writer.flush();
        return writer.bytes();
    }

    /**
     * Describes an interface; to be called before the first packet of it.
     *
     * @return its index, from 0 in the order of calls
     */
    public int addInterface(RecordedInterface added) throws IOException {
        begin(Pcapng.INTERFACE_DESCRIPTION);
        block.putShort((short) added.linkType()).putShort((short) 0);
        block.putInt(added.snapLength());
        textOption(Pcapng.INTERFACE_NAME, added.name());
        option(Pcapng.INTERFACE_TIME_RESOLUTION, new byte[] {TIME_DIGITS});
        option(Pcapng.OPTION_END, new byte[0]);
        end();
        return interfaces++;
    }

    /** Writes a packet without a comment. */
    public void write(CapturedPacket packet) throws IOException {
        write(packet, null);
    }

    /**
     * Writes a packet of the interface {@link CapturedPacket#interfaceIndex()}.
     *
     * @param comment shown with the packet, cut at 65,535 bytes of UTF-8; null or empty for none
     */
    public void write(CapturedPacket packet, String comment) throws IOException {
        if (packet.interfaceIndex() < 0 || packet.interfaceIndex() >= interfaces) {
            throw new IllegalArgumentException(
                    "interfaceIndex=" + packet.interfaceIndex() + " interfaces=" + interfaces);
        }
        long time = Math.max(0, packet.timeNanos());
        int captured = packet.capturedLength();
        begin(Pcapng.ENHANCED_PACKET);
        reserve(Pcapng.ENHANCED_PACKET_BODY_BYTES + (int) Pcapng.padded(captured));
        block.putInt(packet.interfaceIndex());
        block.putInt((int) (time >>> 32)).putInt((int) time);
        block.putInt(captured).putInt(packet.wireLength());
        block.put(packet.data());
        pad();
        int flags = flags(packet);
        boolean commented = comment != null && !comment.isEmpty();
        if (flags != 0) {
            optionHeader(Pcapng.PACKET_FLAGS, Integer.BYTES);
            block.putInt(flags);
        }
        if (commented) {
            textOption(Pcapng.OPTION_COMMENT, comment);
        }
        if (flags != 0 || commented) {
            option(Pcapng.OPTION_END, new byte[0]);
        }
        end();
        packets++;
    }

    private static int flags(CapturedPacket packet) {
        return switch (packet.direction()) {
            case INBOUND -> Pcapng.FLAGS_INBOUND;
            case OUTBOUND -> Pcapng.FLAGS_OUTBOUND;
            case UNKNOWN -> 0;
        };
    }

    /** Packets written. */
    public long packets() {
        return packets;
    }

    /** Bytes written so far, all blocks together. */
    public long bytes() {
        return bytes;
    }

    /** Hands everything written so far to the stream below. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void begin(int type) {
        block.clear();
        block.putInt(type).putInt(0);
    }

    private void end() throws IOException {
        reserve(Integer.BYTES);
        int length = block.position() + Integer.BYTES;
        block.putInt(length).putInt(Integer.BYTES, length);
        out.write(block.array(), 0, length);
        bytes += length;
    }

    private void textOption(int code, String text) {
        if (text.isEmpty()) {
            return;
        }
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        option(code, value.length <= MAX_OPTION_BYTES ? value : cut(value));
    }

    /** Cuts between two characters: bytes 10xxxxxx continue one. */
    private static byte[] cut(byte[] text) {
        int length = MAX_OPTION_BYTES;
        while ((text[length] & 0xC0) == 0x80) {
            length--;
        }
        return Arrays.copyOf(text, length);
    }

    private void option(int code, byte[] value) {
        optionHeader(code, value.length);
        block.put(value);
        pad();
    }

    private void optionHeader(int code, int length) {
        reserve(Pcapng.OPTION_HEADER_BYTES + (int) Pcapng.padded(length));
        block.putShort((short) code).putShort((short) length);
    }

    private void pad() {
        while (block.position() % Integer.BYTES != 0) {
            block.put((byte) 0);
        }
    }

    private void reserve(int more) {
        if (block.remaining() < more) {
            ByteBuffer larger = newBlock(2 * (block.position() + more));
            block = larger.put(block.flip());
        }
    }

    private static ByteBuffer newBlock(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
