package io.netverdict.hook.apache5;

import io.netverdict.hook.FailedRequest;
import io.netverdict.hook.support.Hops;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.protocol.RedirectLocations;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.util.VersionInfo;

/** A request from where the application hands it over, retries and redirects included. */
record Exchange(
        HttpRequest request, HttpRoute route, HttpClientContext context, Instant startedAt) {
    private static final String CLIENT =
            "Apache HttpClient "
                    + VersionInfo.getSoftwareInfo("", "org.apache.hc.client5", Exchange.class)
                            .replaceAll("^/| .*", "");

    FailedRequest failed(Throwable failure) {
        FailedRequest told = FailedRequest.of(failure).withStartedAt(startedAt).withClient(CLIENT);
        URI uri = uri();
        if (uri != null) {
            told = told.withRequest(request.getMethod(), uri);
        }
        if (route != null && route.getProxyHost() != null) {
            told = told.withProxy(route.getProxyHost().toURI());
        }
        EndpointDetails ends = context.getEndpointDetails();
        if (ends != null) {
            // Of the latest connection; there may have been others before.
            told =
                    told.withAttribute("connection.local", String.valueOf(ends.getLocalAddress()))
                            .withAttribute(
                                    "connection.remote", String.valueOf(ends.getRemoteAddress()));
        }
        return hops(uri).addTo(told);
    }

    private URI uri() {
        try {
            return request.getUri();
        } catch (URISyntaxException oneThatOnlyThisClientTakes) {
            return null;
        }
    }

    private Hops hops(URI uri) {
        Hops hops = new Hops();
        RedirectLocations redirects = context.getRedirectLocations();
        if (redirects != null && redirects.size() > 0) {
            hops.begin(request.getMethod(), uri);
            for (URI redirect : redirects.getAll()) {
                hops.end("redirect");
                hops.begin(request.getMethod(), redirect);
            }
        }
        return hops;
    }
}
