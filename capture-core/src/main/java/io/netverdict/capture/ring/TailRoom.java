package io.netverdict.capture.ring;

/** Whose room at a segment's tail flow entries are made in: by the segment's writer. */
public interface TailRoom {
    /**
     * Takes some of the room; readers see it after {@link #publishTail()}.
     *
     * @return where it begins
     */
    int takeTail(int tailBytes);

    /** Shows readers what was taken. */
    void publishTail();
}
