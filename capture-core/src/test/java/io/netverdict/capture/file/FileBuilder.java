package io.netverdict.capture.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Builds capture files byte by byte, independently of the writer under test. */
final class FileBuilder {
    static final int PCAP_MICROSECONDS = 0xA1B2_C3D4;
    static final int PCAP_NANOSECONDS = 0xA1B2_3C4D;
    static final int PCAP_MODIFIED = 0xA1B2_CD34;
    static final int ETHERNET = 1;
    static final int SECONDS = 1_764_000_000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    FileBuilder(ByteOrder order) {
        this.order = order;
    }

    private ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(order);
    }

    private FileBuilder append(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    FileBuilder raw(byte... bytes) {
        return append(bytes);
    }

    FileBuilder pcapHeader(int magic, int linkType) {
        ByteBuffer header = buffer(24).putInt(magic).putShort((short) 2).putShort((short) 4);
        header.putInt(16, 262_144).putInt(20, linkType);
        return append(header.array());
    }

    FileBuilder pcapPacket(int seconds, int fraction, byte[] data) {
        return pcapPacket(seconds, fraction, data.length, data.length, data);
    }

    FileBuilder pcapPacket(int seconds, int fraction, int captured, int wire, byte[] data) {
        ByteBuffer header = buffer(16).putInt(seconds).putInt(fraction);
        return append(header.putInt(captured).putInt(wire).array()).append(data);
    }

    FileBuilder modifiedPacket(int seconds, int fraction, int packetType, byte[] data) {
        ByteBuffer header = buffer(24).putInt(seconds).putInt(fraction);
        header.putInt(data.length).putInt(data.length).putInt(3).putShort((short) 0x0008);
        return append(header.put((byte) packetType).array()).append(data);
    }

    FileBuilder block(int type, byte[] body) {
        int length = (int) Pcapng.padded(body.length) + 12;
        ByteBuffer block = buffer(length).putInt(type).putInt(length).put(body);
        return append(block.putInt(length - 4, length).array());
    }

    /** A block whose stated length is a lie. */
    FileBuilder blockOfLength(int type, int statedLength, byte[] body) {
        ByteBuffer block = buffer(12 + body.length).putInt(type).putInt(statedLength).put(body);
        return append(block.putInt(statedLength).array());
    }

    FileBuilder section() {
        ByteBuffer body = buffer(16).putInt(0x1A2B_3C4D).putShort((short) 1).putShort((short) 0);
        return block(0x0A0D_0D0A, body.putLong(-1).array());
    }

    FileBuilder interfaceDescription(int linkType, int snapLength, byte[]... options) {
        ByteBuffer body = buffer(8).putShort((short) linkType).putShort((short) 0);
        return block(1, join(body.putInt(snapLength).array(), options));
    }

    FileBuilder enhancedPacket(int interfaceId, long ticks, byte[] data, byte[]... options) {
        ByteBuffer body = buffer(20).putInt(interfaceId);
        body.putInt((int) (ticks >>> 32)).putInt((int) ticks);
        body.putInt(data.length).putInt(data.length);
        return block(6, join(join(body.array(), pad(data)), options));
    }

    FileBuilder obsoletePacket(int interfaceId, int drops, long ticks, byte[] data) {
        ByteBuffer body = buffer(20).putShort((short) interfaceId).putShort((short) drops);
        body.putInt((int) (ticks >>> 32)).putInt((int) ticks);
        body.putInt(data.length).putInt(data.length);
        return block(2, join(body.array(), pad(data)));
    }

    FileBuilder simplePacket(int wireLength, byte[] data) {
        return block(3, join(buffer(4).putInt(wireLength).array(), pad(data)));
    }

    FileBuilder statistics(int interfaceId, byte[]... options) {
        return block(5, join(buffer(12).putInt(interfaceId).array(), options));
    }

    byte[] option(int code, byte... value) {
        ByteBuffer option = buffer(4 + (int) Pcapng.padded(value.length));
        option.putShort((short) code).putShort((short) value.length).put(value);
        return option.array();
    }

    byte[] textOption(int code, String text) {
        return option(code, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] intOption(int code, int value) {
        return option(code, buffer(4).putInt(value).array());
    }

    byte[] longOption(int code, long value) {
        return option(code, buffer(8).putLong(value).array());
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }

    private static byte[] pad(byte[] data) {
        return Arrays.copyOf(data, (int) Pcapng.padded(data.length));
    }

    private static byte[] join(byte[] first, byte[]... more) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        for (byte[] bytes : more) {
            joined.writeBytes(bytes);
        }
        return joined.toByteArray();
    }

    /** Reads a file's content as {@link FileRecording#open} would. */
    static FileRecording read(byte[] content) {
        try {
            return FileOpening.read(
                    "test",
                    CaptureBytes.of(ByteBuffer.wrap(content)),
                    null,
                    ReadProgress.NONE,
                    null);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
