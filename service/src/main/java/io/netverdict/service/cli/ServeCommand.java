package io.netverdict.service.cli;

import io.netverdict.capture.index.PayloadCutoff;
import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.capture.live.RecorderStatus.InterfaceStatus;
import io.netverdict.nativelib.PcapException;
import io.netverdict.nativelib.PcapOptions;
import io.netverdict.service.ByteSizes;
import io.netverdict.service.Durations;
import io.netverdict.service.NetverdictService;
import io.netverdict.service.ServiceSettings;
import io.netverdict.service.doctor.Doctor;
import io.netverdict.service.doctor.Finding;
import io.netverdict.storage.Retention;
import io.netverdict.storage.StorageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code netverdict serve}: the background service, in the foreground until it is stopped. */
@Command(
        name = "serve",
        description = "Records the device's interfaces, takes error reports, serves the API.",
        footer = {
            "",
            "Examples:",
            "  sudo netverdict serve",
            "  sudo netverdict serve --interface eth0 --interface wg0 --ring 1GiB",
            "  sudo netverdict serve --data /srv/netverdict --keep 7d --keep-bytes 500MiB",
            "",
            "Stops on Ctrl-C or SIGTERM. netverdict doctor tells what a machine lacks."
        })
final class ServeCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private NetverdictCommand.Common common;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "NAME",
            description = "Record this interface; repeatable. Default: all that are up.")
    private List<String> interfaces = List.of();

    @Option(
            names = "--ring",
            paramLabel = "SIZE",
            defaultValue = "256MiB",
            converter = Size.class,
            description = "Memory for packets. Default: ${DEFAULT-VALUE}.")
    private long ring;

    @Option(
            names = "--kernel-buffer",
            paramLabel = "SIZE",
            defaultValue = "256MiB",
            converter = Size.class,
            description = "The kernel's buffer of the busiest interface. Default: 256MiB.")
    private long kernelBuffer;

    @Option(
            names = "--snaplen",
            paramLabel = "BYTES",
            defaultValue = "" + PcapOptions.MAX_SNAP_LENGTH,
            description = "Bytes kept of a packet. Default: ${DEFAULT-VALUE}.")
    private int snapLength;

    @Option(
            names = "--cutoff",
            paramLabel = "SIZE|off",
            defaultValue = "64KiB",
            converter = Cutoff.class,
            description = {
                "Payload kept whole of each direction of a connection; of the rest only headers and",
                "the beginning of each request and response. Default: ${DEFAULT-VALUE}."
            })
    private long cutoff;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where incidents are kept. Default: /var/lib/netverdict as root.")
    private Path data;

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            defaultValue = "30d",
            converter = Length.class,
            description = "How long incidents are kept. Default: ${DEFAULT-VALUE}.")
    private Duration keep;

    @Option(
            names = "--keep-bytes",
            paramLabel = "SIZE",
            defaultValue = "2GiB",
            converter = Size.class,
            description = "How much they may take. Default: ${DEFAULT-VALUE}.")
    private long keepBytes;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            defaultValue = "127.0.0.1:8321",
            converter = Address.class,
            description = "Where the API is. Default: ${DEFAULT-VALUE}.")
    private InetSocketAddress listen;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = Length.class,
            description =
                    "How long late packets are awaited where the verdict is not sure at once.")
    private Duration settle;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (common.verbose()) {
            // Read when the first logger is made, which is later than this.
            System.setProperty("netverdict.log", "DEBUG");
            System.setProperty("netverdict.exceptions", "%ex");
        }
        // Asked first: without, every interface would complain on a line of its own.
        Finding privileges = Doctor.privileges();
        if (privileges.state() == Finding.State.MISSING) {
            throw new CommandFailure(privileges.detail() + "; " + privileges.mend());
        }
        try (NetverdictService service = start(settings())) {
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, stopped), "stop"));
            announce(service);
            stopped.await();
        }
        return 0;
    }

    private void stop(NetverdictService service, CountDownLatch stopped) {
        service.close();
        console.flush();
        stopped.countDown();
        // A wanted end is no failure, as the status of the signal would say.
        Runtime.getRuntime().halt(0);
    }

    private ServiceSettings settings() {
        try {
            return new ServiceSettings(
                    new RecorderConfig(
                            ring, Math.toIntExact(kernelBuffer), interfaces, snapLength, cutoff),
                    data == null ? ServiceSettings.defaultData() : data,
                    new Retention(keep, keepBytes),
                    listen,
                    settle);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CommandFailure("a setting is out of range: " + e.getMessage(), e);
        }
    }

    private static NetverdictService start(ServiceSettings settings) {
        try {
            return NetverdictService.start(settings);
        } catch (PcapException | StorageException e) {
            throw new CommandFailure(e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(
                    "cannot listen on "
                            + e.getMessage()
                            + "; is netverdict running already? --listen takes another address",
                    e);
        }
    }

    private void announce(NetverdictService service) {
        String names =
                service.recorder().status().interfaces().stream()
                        .filter(InterfaceStatus::recording)
                        .map(InterfaceStatus::name)
                        .collect(Collectors.joining(", "));
        InetSocketAddress address = service.address();
        String host = address.getAddress().getHostAddress();
        console.err()
                .printf(
                        "netverdict: recording %s into %s; API on http://%s:%d%n",
                        names,
                        ByteSizes.format(ring),
                        host.contains(":") ? "[" + host + "]" : host,
                        address.getPort());
        console.flush();
    }

    /** A byte count. */
    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return ByteSizes.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is no size; one is 256MiB");
            }
        }
    }

    /** A byte count, or no limit. */
    static final class Cutoff implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return "off".equals(text) ? PayloadCutoff.OFF : new Size().convert(text);
        }
    }

    /** A duration. */
    static final class Length implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Durations.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is no duration; one is 30d");
            }
        }
    }

    /** Address and port, or a port on loopback. */
    static final class Address implements ITypeConverter<InetSocketAddress> {
        private static final String PROBLEM = "' is no address:port; one is 127.0.0.1:8321";

        @Override
        public InetSocketAddress convert(String text) {
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                return new InetSocketAddress(InetAddress.getByName(host), port);
            } catch (IllegalArgumentException | UnknownHostException e) {
                throw new TypeConversionException("'" + text + PROBLEM);
            }
        }
    }
}
