package io.netverdict.capture.packet;

/**
 * An address and a port; prints as {@code 10.0.0.1:80} or {@code [2001:db8::1]:80}.
 *
 * @param port 0 to 65535; 0 where the protocol has none
 */
public record Endpoint(IpAddress address, int port) implements Comparable<Endpoint> {

    public Endpoint {
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("port=" + port);
        }
    }

    @Override
    public int compareTo(Endpoint other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }

    // Written out, here and in FlowKey: the ones a record is given are made when first called,
    // which takes longer than reading a small capture.
    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint that && port == that.port && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + port;
    }

    @Override
    public String toString() {
        return address.v6() ? "[" + address + "]:" + port : address + ":" + port;
    }
}
