package io.netverdict.correlator.stream;

import io.netverdict.capture.packet.DecodedPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The payload of one direction of a TCP connection by stream offset, from 0 at the first byte
 * behind the SYN (or at the first byte seen, where the start was not recorded).
 *
 * <p>Of bytes sent more than once the first copy counts. A byte may be <em>seen</em> (its segment
 * was on the wire) and yet not <em>captured</em> (cut off by the snap length or the cutoff); a hole
 * is a range that was never seen. Immutable once built; safe to share.
 */
public final class DirectionStream {

    /**
     * A range of the stream, as one packet brought it.
     *
     * @param offset of its first byte in the stream
     * @param length bytes on the wire, overlap with earlier pieces left out
     * @param captured those of its bytes that were captured, from its beginning
     * @param packet where they came from
     */
    public record Piece(long offset, int length, ByteBuffer captured, DecodedPacket packet) {
        public Piece {
            captured = captured.slice();
        }

        @Override
        public ByteBuffer captured() {
            return captured.duplicate();
        }

        public long end() {
            return offset + length;
        }
    }

    /** Collects segments in the order of the recording. */
    public static final class Builder {
        private final NavigableMap<Long, Piece> pieces = new TreeMap<>();

        /** Adds what is new of a segment's payload. */
        public Builder add(long offset, int length, ByteBuffer captured, DecodedPacket packet) {
            if (length < 0) {
                throw new IllegalArgumentException("length=" + length);
            }
            long from = Math.max(0, offset);
            long end = offset + length;
            while (from < end) {
                Map.Entry<Long, Piece> before = pieces.floorEntry(from);
                if (before != null && before.getValue().end() > from) {
                    from = before.getValue().end();
                    continue;
                }
                Long next = pieces.higherKey(from);
                long until = next == null ? end : Math.min(end, next);
                ByteBuffer all = captured.duplicate();
                int skip = (int) Math.min(all.remaining(), from - offset);
                int keep = (int) Math.min(all.remaining() - skip, until - from);
                ByteBuffer part = all.slice(all.position() + skip, keep);
                pieces.put(from, new Piece(from, (int) (until - from), part, packet));
                from = until;
            }
            return this;
        }

        public DirectionStream build() {
            return new DirectionStream(new ArrayList<>(pieces.values()));
        }
    }

    private final List<Piece> pieces;

    private DirectionStream(List<Piece> pieces) {
        this.pieces = Collections.unmodifiableList(pieces);
    }

    /** All pieces, ascending by offset, without overlap. */
    public List<Piece> pieces() {
        return pieces;
    }

    /**
     * The piece that holds the byte at an offset and all behind it; those behind it if none does.
     */
    public List<Piece> piecesFrom(long offset) {
        int index = indexOf(offset);
        return index < 0 ? List.of() : pieces.subList(index, pieces.size());
    }

    /** One past the last byte seen, holes or not; 0 when nothing was seen. */
    public long end() {
        return pieces.isEmpty() ? 0 : pieces.get(pieces.size() - 1).end();
    }

    /** One past the last byte before the first hole. */
    public long contiguousEnd() {
        long at = 0;
        for (Piece piece : pieces) {
            if (piece.offset() > at) {
                break;
            }
            at = piece.end();
        }
        return at;
    }

    /** Whether every byte of a range was on the wire, captured or not. */
    public boolean seen(long offset, long length) {
        long at = offset;
        int index = indexOf(offset);
        while (index >= 0 && index < pieces.size() && at < offset + length) {
            Piece piece = pieces.get(index++);
            if (piece.offset() > at) {
                return false;
            }
            at = piece.end();
        }
        return at >= offset + length;
    }

    /** The piece that holds the byte at an offset, or null where it was not seen. */
    public Piece pieceAt(long offset) {
        int index = indexOf(offset);
        if (index < 0) {
            return null;
        }
        Piece piece = pieces.get(index);
        return piece.offset() <= offset && offset < piece.end() ? piece : null;
    }

    /**
     * The captured bytes from an offset on, up to the first byte that was not captured.
     *
     * @param maxLength at most so many
     */
    public byte[] bytes(long offset, int maxLength) {
        if (offset < 0 || maxLength < 0) {
            throw new IllegalArgumentException("offset=" + offset + " maxLength=" + maxLength);
        }
        int wanted = (int) Math.min(maxLength, Math.max(0, end() - offset));
        byte[] bytes = new byte[wanted];
        int filled = 0;
        while (filled < wanted) {
            Piece piece = pieceAt(offset + filled);
            if (piece == null) {
                break;
            }
            ByteBuffer captured = piece.captured();
            int skip = (int) (offset + filled - piece.offset());
            int available = Math.min(captured.remaining() - skip, wanted - filled);
            if (available <= 0) {
                break;
            }
            captured.get(captured.position() + skip, bytes, filled, available);
            filled += available;
        }
        return filled == wanted ? bytes : java.util.Arrays.copyOf(bytes, filled);
    }

    /** Index of the piece that holds the offset, else of the first one behind it; -1 for none. */
    private int indexOf(long offset) {
        int low = 0;
        int high = pieces.size() - 1;
        int found = -1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (pieces.get(middle).end() > offset) {
                found = middle;
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return found;
    }
}
