package io.netverdict.correlator.scene;

import io.netverdict.capture.packet.Endpoint;

/** Two ends in their order: who sends and who receives, or who asks and who is asked. */
public record EndpointPair(Endpoint from, Endpoint to) {
    // Written out, as in Endpoint.
    @Override
    public boolean equals(Object other) {
        return other instanceof EndpointPair that && from.equals(that.from) && to.equals(that.to);
    }

    @Override
    public int hashCode() {
        return 31 * from.hashCode() + to.hashCode();
    }
}
