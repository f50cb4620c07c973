package io.netverdict.service.probe;

import io.netverdict.nativelib.namespace.NetworkNamespace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The places an error can be probed from: the service's own network namespace and the others it
 * records. Thread-safe.
 */
final class ProbePlaces implements AutoCloseable {
    private final ProbePlace own;
    private final List<ProbePlace> others = new ArrayList<>();

    ProbePlaces(List<NetworkNamespace> namespaces, Path resolverFile) {
        own = new ProbePlace(NetworkNamespace.OWN, resolverFile);
        namespaces.forEach(other -> others.add(new ProbePlace(other, resolverFile)));
    }

    void prestart() {
        own.prestart();
    }

    /**
     * The place that the request came from: what is refused elsewhere says nothing about it.
     *
     * @param interfaces that recorded the request's packets
     * @return empty where several namespaces are recorded and no packet tells which it was
     */
    Optional<ProbePlace> of(Set<String> interfaces) {
        for (ProbePlace other : others) {
            String prefix = other.namespace().name() + "/";
            if (interfaces.stream().anyMatch(name -> name.startsWith(prefix))) {
                return Optional.of(other);
            }
        }
        return others.isEmpty() || !interfaces.isEmpty() ? Optional.of(own) : Optional.empty();
    }

    @Override
    public void close() {
        own.close();
        others.forEach(ProbePlace::close);
    }
}
