package io.netverdict.correlator.quic;

import java.util.Optional;

/** Versions whose Initial packets can be opened. */
enum QuicVersion {
    /** RFC 9001 section 5.2. */
    V1("38762cf7f55934b34d179ae6a4c80cadccbb7f0a", "quic"),
    /** RFC 9369 section 3.3. */
    V2("0dede3def700a6db819381be6e269dcbf9bd2ed9", "quicv2"),
    /** draft-ietf-quic-tls-29 to 32, section 5.2. */
    DRAFT_29("afbfec289993d24c9e9786f19c6111e04390a899", "quic");

    private static final int V1_NUMBER = 1;
    private static final int V2_NUMBER = 0x6b3343cf;
    private static final int DRAFT_29_NUMBER = 0xff00001d;
    private static final int DRAFT_32_NUMBER = 0xff000020;

    private final String salt;
    private final String labelPrefix;

    QuicVersion(String salt, String labelPrefix) {
        this.salt = salt;
        this.labelPrefix = labelPrefix;
    }

    String salt() {
        return salt;
    }

    String labelPrefix() {
        return labelPrefix;
    }

    static Optional<QuicVersion> of(int number) {
        if (number == V1_NUMBER) {
            return Optional.of(V1);
        }
        if (number == V2_NUMBER) {
            return Optional.of(V2);
        }
        return number >= DRAFT_29_NUMBER && number <= DRAFT_32_NUMBER
                ? Optional.of(DRAFT_29)
                : Optional.empty();
    }

    /** The two type bits of a long header as version 1 has them (RFC 9369 section 3.2). */
    int typeOf(int bits) {
        return this == V2 ? (bits + 3) & 3 : bits;
    }
}
