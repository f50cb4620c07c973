package io.netverdict.it.conformance;

/**
 * Where tshark and Netverdict disagree.
 *
 * @param file path in the corpus
 * @param frame its number; of values compared by connection, that of the connection's first frame
 * @param compared the mark or value
 * @param detail who sees what
 */
record Difference(String file, long frame, String compared, String detail) {
    @Override
    public String toString() {
        return file + " frame " + frame + ": " + compared + " " + detail;
    }
}
