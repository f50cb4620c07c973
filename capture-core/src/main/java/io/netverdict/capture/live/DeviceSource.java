package io.netverdict.capture.live;

import io.netverdict.nativelib.PcapDevice;
import io.netverdict.nativelib.PcapException;
import io.netverdict.nativelib.PcapHandle;
import io.netverdict.nativelib.PcapLibrary;
import io.netverdict.nativelib.PcapOptions;
import io.netverdict.nativelib.namespace.NamespaceException;
import io.netverdict.nativelib.namespace.NetworkNamespace;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The devices of one network namespace. An open device belongs to the namespace it was opened in,
 * whichever thread reads it; so opening alone needs a thread in there.
 */
final class DeviceSource {
    private static final String SEPARATOR = "/";

    private final NetworkNamespace namespace;
    private final List<String> wantedInterfaces;

    /**
     * @param wantedInterfaces names of those to be recorded, as {@link #nameOf} tells them; where
     *     there is none of this namespace, all are
     */
    DeviceSource(NetworkNamespace namespace, List<String> wantedInterfaces) {
        this.namespace = namespace;
        this.wantedInterfaces = wantedInterfaces.stream().filter(this::isOfHere).toList();
    }

    private boolean isOfHere(String name) {
        return isOwn() ? !name.contains(SEPARATOR) : name.startsWith(namespace.name() + SEPARATOR);
    }

    private boolean isOwn() {
        return namespace.file() == null;
    }

    /** The names told of this namespace's interfaces. */
    List<String> wantedNames() {
        return wantedInterfaces;
    }

    /** A device's name in the recording: behind that of another namespace and a slash. */
    String nameOf(PcapDevice device) {
        return isOwn() ? device.name() : namespace.name() + SEPARATOR + device.name();
    }

    /** The namespace's name and a word for all its interfaces, to tell problems with. */
    String nameOfAll() {
        return namespace.name() + SEPARATOR + "*";
    }

    boolean isAnother() {
        return !isOwn();
    }

    /** Those to be recorded that are up; loopback last: the first gets the largest buffer. */
    List<PcapDevice> wanted() throws PcapException {
        return inside(PcapLibrary::devices).stream()
                .filter(PcapDevice::up)
                .filter(
                        device ->
                                wantedInterfaces.isEmpty()
                                        ? device.networkInterface()
                                        : wantedInterfaces.contains(nameOf(device)))
                .sorted(Comparator.comparing(PcapDevice::loopback))
                .toList();
    }

    PcapHandle open(PcapOptions options) throws PcapException {
        return inside(() -> PcapHandle.open(options));
    }

    private <T> T inside(Callable<T> task) throws PcapException {
        FutureTask<T> future =
                new FutureTask<>(
                        () -> {
                            namespace.enter();
                            return task.call();
                        });
        if (isOwn()) {
            future.run();
        } else {
            Thread thread = new Thread(future, "in-" + namespace.name());
            thread.setDaemon(true);
            thread.start();
        }
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PcapException(PcapException.Reason.OTHER, "interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PcapException known) {
                throw known;
            }
            boolean gone = e.getCause() instanceof NamespaceException;
            throw new PcapException(
                    gone ? PcapException.Reason.NO_SUCH_DEVICE : PcapException.Reason.OTHER,
                    String.valueOf(e.getCause().getMessage()),
                    e.getCause());
        }
    }
}
