package io.netverdict.service.recorder;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.live.RecorderStatus.InterfaceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The recorder's figures at one moment, as the API tells them: all interfaces, and each. */
public record RecorderFigures(
        Instant startedAt,
        @JsonPropertyDescription("From here on nothing has been overwritten.")
                Instant completeSince,
        @JsonPropertyDescription(
                        "From here on no packet that decides verdicts has been overwritten.")
                Instant decidingSince,
        @JsonPropertyDescription("Memory for packets.") long ringBytes,
        long packets,
        @JsonPropertyDescription("On the wire.") long bytes,
        long droppedByKernel,
        long droppedByInterface,
        long refusedByRing,
        @JsonPropertyDescription("Recorded, and overwritten since.") long overwritten,
        List<InterfaceStatus> interfaces) {

    /** What a recorder says of itself, for people and programs. */
    public static RecorderFigures of(RecorderStatus recorded) {
        List<InterfaceStatus> interfaces = recorded.interfaces();
        return new RecorderFigures(
                Instant.ofEpochSecond(0, recorded.startedNanos()),
                Instant.ofEpochSecond(0, recorded.completeSinceNanos()),
                Instant.ofEpochSecond(0, recorded.decidingSinceNanos()),
                recorded.ringBytes(),
                sum(interfaces, InterfaceStatus::packets),
                sum(interfaces, InterfaceStatus::bytes),
                sum(interfaces, InterfaceStatus::droppedByKernel),
                sum(interfaces, InterfaceStatus::droppedByInterface),
                sum(interfaces, InterfaceStatus::refusedByRing),
                sum(interfaces, InterfaceStatus::overwritten),
                interfaces);
    }

    /** The same with fewer interfaces listed: those named, or all where none is. */
    public RecorderFigures listing(Set<String> names) {
        return new RecorderFigures(
                startedAt,
                completeSince,
                decidingSince,
                ringBytes,
                packets,
                bytes,
                droppedByKernel,
                droppedByInterface,
                refusedByRing,
                overwritten,
                interfaces.stream()
                        .filter(each -> names.isEmpty() || names.contains(each.name()))
                        .toList());
    }

    private static long sum(
            List<InterfaceStatus> interfaces, ToLongFunction<InterfaceStatus> figure) {
        return interfaces.stream().mapToLong(figure).sum();
    }
}
