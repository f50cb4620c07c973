package io.netverdict.correlator.quic;

/**
 * A part of the handshake's bytes, as a CRYPTO frame carries it.
 *
 * @param offset of its first byte among the handshake's
 * @param data what was captured of it
 */
public record CryptoFragment(long offset, byte[] data) {
    public CryptoFragment {
        data = data.clone();
    }

    @Override
    public byte[] data() {
        return data.clone();
    }
}
