package io.netverdict.service.cli;

import io.netverdict.service.client.ServiceClient;
import io.netverdict.service.config.Configuration;
import io.netverdict.service.config.Origin;
import io.netverdict.service.config.Settings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which service a command talks to. */
final class ServiceOption {
    @Option(
            names = "--service",
            paramLabel = "URL",
            converter = Checked.class,
            description = {
                "The service. Default: NETVERDICT_URL in the environment, else url in the",
                "configuration file, else where serve would listen."
            })
    private String url;

    ServiceClient client() {
        Configuration configuration =
                SettingOptions.load(url == null ? Map.of() : Map.of(Settings.URL, url), null);
        return new ServiceClient(address(configuration));
    }

    /** Where only {@code listen} is set, what listens there is meant. */
    static URI address(Configuration configuration) {
        Configuration.Value<URI> url = configuration.value(Settings.URL);
        Configuration.Value<InetSocketAddress> listen = configuration.value(Settings.LISTEN);
        if (url.origin().kind() != Origin.Kind.DEFAULT
                || listen.origin().kind() == Origin.Kind.DEFAULT) {
            return url.value();
        }
        InetSocketAddress address = listen.value();
        String host =
                address.getAddress().isAnyLocalAddress()
                        ? "127.0.0.1"
                        : address.getAddress().getHostAddress();
        return URI.create(
                "http://"
                        + (host.contains(":") ? "[" + host + "]" : host)
                        + ":"
                        + address.getPort());
    }

    /** Refuses what is no URL while the command line is read. */
    static final class Checked implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            try {
                Settings.URL.type().parse(text);
                return text;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
