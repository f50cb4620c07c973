package io.netverdict.correlator.http;

import io.netverdict.correlator.decode.StructReader;
import io.netverdict.correlator.stream.DirectionStream;
import io.netverdict.correlator.wire.Http2.FrameHeader;
import io.netverdict.correlator.wire.Http2.Goaway;
import io.netverdict.correlator.wire.Http2.RstStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the frames of an unencrypted HTTP/2 connection (RFC 9113); header fields stay compressed.
 *
 * <p>Never throws on network bytes. Stateless.
 */
public final class Http2 {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Frames are at most 16 KiB unless a setting allows more, which nobody raises beyond this. */
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private static final int SETTING_BYTES = 6;
    private static final int RST_STREAM_BYTES = 4;
    private static final int GOAWAY_BYTES = 8;
    private static final int MAX_FRAMES = 100_000;

    private Http2() {}

    /** Whether a client's stream begins with the connection preface, as far as it was captured. */
    public static boolean looksLikePreface(DirectionStream stream) {
        return prefaceAt(stream, 0);
    }

    /** Whether a server's stream begins with SETTINGS, as one that answers the preface does. */
    public static boolean looksLikeServer(DirectionStream stream) {
        List<Http2Frame> frames = frames(stream, 0, 1);
        return !frames.isEmpty()
                && frames.get(0).type() == Http2Frame.SETTINGS
                && frames.get(0).streamId() == 0
                && frames.get(0).length() % SETTING_BYTES == 0;
    }

    /** The frames from an offset on, behind a preface if there is one, up to a header not seen. */
    public static List<Http2Frame> frames(DirectionStream stream, long startOffset) {
        if (startOffset < 0) {
            throw new IllegalArgumentException("startOffset=" + startOffset);
        }
        return frames(stream, startOffset, MAX_FRAMES);
    }

    private static boolean prefaceAt(DirectionStream stream, long offset) {
        byte[] start = stream.bytes(offset, PREFACE.length);
        return start.length >= "PRI * HTTP/2".length()
                && Arrays.equals(start, Arrays.copyOf(PREFACE, start.length));
    }

    private static List<Http2Frame> frames(DirectionStream stream, long startOffset, int limit) {
        List<Http2Frame> frames = new ArrayList<>();
        long offset = startOffset + (prefaceAt(stream, startOffset) ? PREFACE.length : 0);
        while (offset < stream.end() && frames.size() < limit) {
            byte[] bytes = stream.bytes(offset, Http2Frame.HEADER_BYTES);
            if (bytes.length < Http2Frame.HEADER_BYTES) {
                break;
            }
            FrameHeader header = new FrameHeader(StructReader.over(bytes));
            header._read();
            if (header.length() > MAX_FRAME_BYTES) {
                break;
            }
            Http2Frame frame = frame(stream, offset, header);
            frames.add(frame);
            offset += Http2Frame.HEADER_BYTES + (long) frame.length();
        }
        return frames;
    }

    private static Http2Frame frame(DirectionStream stream, long offset, FrameHeader header) {
        int length = (int) header.length();
        long body = offset + Http2Frame.HEADER_BYTES;
        long errorCode = -1;
        int lastStreamId = -1;
        if (header.type() == Http2Frame.RST_STREAM && length == RST_STREAM_BYTES) {
            RstStream reset = new RstStream(StructReader.over(stream.bytes(body, length)));
            if (StructReader.completes(reset::_read)) {
                errorCode = reset.errorCode();
            }
        } else if (header.type() == Http2Frame.GOAWAY && length >= GOAWAY_BYTES) {
            Goaway goaway = new Goaway(StructReader.over(stream.bytes(body, GOAWAY_BYTES)));
            if (StructReader.completes(goaway::_read)) {
                errorCode = goaway.errorCode();
                lastStreamId = (int) goaway.lastStreamId();
            }
        }
        return new Http2Frame(
                offset,
                length,
                header.type(),
                header.flags(),
                (int) header.streamId(),
                errorCode,
                lastStreamId,
                HttpParser.firstPacket(stream, offset));
    }
}
