package io.netverdict.service.cli;

import io.netverdict.service.ServiceSettings;
import io.netverdict.service.client.ServiceClient;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which service a command talks to. */
final class ServiceOption {
    @Option(
            names = "--service",
            paramLabel = "URL",
            defaultValue =
                    "${env:NETVERDICT_URL:-http://127.0.0.1:" + ServiceSettings.DEFAULT_PORT + "}",
            description =
                    "The service. Default: NETVERDICT_URL in the environment, else"
                            + " http://127.0.0.1:8321.")
    private URI service;

    ServiceClient client() {
        return new ServiceClient(service);
    }
}
