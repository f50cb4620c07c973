package io.netverdict.service.probe.wire;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Between the engine's addresses and Java's; never asks a name server. */
final class Addresses {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    private Addresses() {}

    static InetAddress of(IpAddress address) {
        byte[] bytes =
                address.v6()
                        ? ByteBuffer.allocate(V6_BYTES)
                                .putLong(address.high())
                                .putLong(address.low())
                                .array()
                        : ByteBuffer.allocate(V4_BYTES).putInt((int) address.low()).array();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("address=" + address, impossible);
        }
    }

    static InetSocketAddress of(Endpoint endpoint) {
        return new InetSocketAddress(of(endpoint.address()), endpoint.port());
    }

    static IpAddress of(InetAddress address) {
        return address == null ? null : IpAddress.of(address.getAddress());
    }
}
