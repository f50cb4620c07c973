package io.netverdict.service.cli;

import io.netverdict.capture.live.RecorderStatus.InterfaceStatus;
import io.netverdict.nativelib.PcapException;
import io.netverdict.nativelib.SessionPriority;
import io.netverdict.nativelib.ThreadPriority;
import io.netverdict.service.ByteSizes;
import io.netverdict.service.NetverdictService;
import io.netverdict.service.ServiceSettings;
import io.netverdict.service.doctor.Doctor;
import io.netverdict.service.doctor.Finding;
import io.netverdict.storage.StorageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code netverdict serve}: the background service, in the foreground until it is stopped. */
@Command(
        name = "serve",
        modelTransformer = SettingOptions.class,
        description = "Records the device's interfaces, takes error reports, serves the API.",
        footer = {
            "",
            "Examples:",
            "  sudo netverdict serve",
            "  sudo netverdict serve --interface eth0 --interface wg0 --ring 1GiB",
            "  sudo netverdict serve --data /srv/netverdict --keep 7d --keep-bytes 500MiB",
            "  sudo netverdict serve --config /srv/netverdict.yaml",
            "",
            "Each option may also stand in a file (ring: 1GiB) or in the environment",
            "(NETVERDICT_RING=1GiB); netverdict config shows what is in force.",
            "Stops on Ctrl-C or SIGTERM. netverdict doctor tells what a machine lacks."
        })
final class ServeCommand implements Callable<Integer> {
    private final Console console;

    /**
     * About four times the share of an application's session where both want a processor: without,
     * what threads have is worth nothing outside. Unless it was started with another nice value.
     */
    private static final int NICE = -6;

    @Mixin private NetverdictCommand.Common common;

    @Spec private CommandSpec spec;

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
        ServiceSettings settings = settings();
        // Asked first: without, every interface would complain on a line of its own.
        Finding privileges = Doctor.privileges();
        if (privileges.state() == Finding.State.MISSING) {
            throw new CommandFailure(privileges.detail() + "; " + privileges.mend());
        }
        if (ThreadPriority.get() == 0) {
            SessionPriority.set(NICE);
        }
        try (NetverdictService service = start(settings)) {
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, stopped), "stop"));
            announce(service, settings.recorder().ringBytes());
            service.tellSupervisor(System.getenv());
            stopped.await();
        }
        return 0;
    }

    private ServiceSettings settings() {
        try {
            return ServiceSettings.of(SettingOptions.configuration(spec));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private void stop(NetverdictService service, CountDownLatch stopped) {
        service.close();
        console.flush();
        stopped.countDown();
        // A wanted end is no failure, as the status of the signal would say.
        Runtime.getRuntime().halt(0);
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

    private void announce(NetverdictService service, long ringBytes) {
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
                        ByteSizes.format(ringBytes),
                        host.contains(":") ? "[" + host + "]" : host,
                        address.getPort());
        console.flush();
    }
}
