package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.Endpoint;

/** Who asks, and who is asked. */
public record EndpointPair(Endpoint client, Endpoint server) {
    // Written out, as in Endpoint.
    @Override
    public boolean equals(Object other) {
        return other instanceof EndpointPair that
                && client.equals(that.client)
                && server.equals(that.server);
    }

    @Override
    public int hashCode() {
        return 31 * client.hashCode() + server.hashCode();
    }
}
