package io.netverdict.service.context.part;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Between the system's addresses and those of packets; texts are as packets have them. */
public final class Addresses {
    private Addresses() {}

    static String text(InetAddress address) {
        return IpAddress.of(address.getAddress()).toString();
    }

    static String text(InetSocketAddress address) {
        return new Endpoint(IpAddress.of(address.getAddress().getAddress()), address.getPort())
                .toString();
    }

    /** The system's form of an address. */
    public static InetAddress of(IpAddress address) {
        ByteBuffer bytes = ByteBuffer.allocate(address.v6() ? 16 : 4);
        if (address.v6()) {
            bytes.putLong(address.high()).putLong(address.low());
        } else {
            bytes.putInt((int) address.low());
        }
        try {
            return InetAddress.getByAddress(bytes.array());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address=" + address, e);
        }
    }

    static InetSocketAddress of(Endpoint endpoint) {
        return new InetSocketAddress(of(endpoint.address()), endpoint.port());
    }
}
