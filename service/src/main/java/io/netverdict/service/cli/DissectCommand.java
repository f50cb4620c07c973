package io.netverdict.service.cli;

import io.netverdict.capture.file.FileRecording;
import io.netverdict.correlator.dissect.FileDissection;
import io.netverdict.correlator.dissect.PacketJson;
import io.netverdict.correlator.dissect.PacketText;
import io.netverdict.correlator.fragment.IncompleteDatagram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netverdict dissect}: what the engine sees in a capture file, one line a packet. */
@Command(
        name = "dissect",
        description =
                "Prints what the engine sees in a capture file, one line a packet: flow, addresses,"
                        + " TCP with its analysis marks, fragments, ICMP with what it quotes, DNS,"
                        + " TLS, HTTP and QUIC.",
        footer = {
            "",
            "Examples:",
            "  netverdict dissect trace.pcapng",
            "  netverdict dissect trace.pcap.gz --jsonl | jq 'select(.tcp.analysis != [])'"
        })
final class DissectCommand implements Callable<Integer> {
    private static final int MAX_DATAGRAMS_TOLD = 10;

    private final Console console;

    @Mixin private NetverdictCommand.Common common;

    @Parameters(paramLabel = "FILE", description = "A capture file; - reads standard input.")
    private String file;

    @Option(names = "--jsonl", description = "One JSON object a line instead of text.")
    private boolean jsonLines;

    DissectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path path = Path.of(file.equals("-") ? "/dev/stdin" : file);
        try (FileRecording recording = FileRecording.open(path)) {
            FileDissection dissection = FileDissection.of(recording);
            if (jsonLines) {
                PacketJson json = new PacketJson(recording.timeDigits());
                dissection.forEach(packet -> console.out().println(json.of(packet)));
            } else {
                PacketText text = new PacketText(recording.timeDigits());
                dissection.forEach(packet -> console.out().println(text.of(packet)));
            }
            recording.problem().ifPresent(problem -> console.warn(file + ": " + problem));
            warn(dissection.incomplete());
        }
        return 0;
    }

    private void warn(List<IncompleteDatagram> incomplete) {
        for (IncompleteDatagram datagram : incomplete.stream().limit(MAX_DATAGRAMS_TOLD).toList()) {
            console.warn(
                    "fragments are missing: frames "
                            + datagram.frames()
                            + " carry "
                            + datagram.receivedBytes()
                            + " of "
                            + (datagram.totalBytes() < 0 ? "unknown" : datagram.totalBytes())
                            + " bytes of a datagram from "
                            + datagram.key().source()
                            + " to "
                            + datagram.key().destination());
        }
        if (incomplete.size() > MAX_DATAGRAMS_TOLD) {
            int others = incomplete.size() - MAX_DATAGRAMS_TOLD;
            console.warn("fragments are missing of " + others + " more datagrams");
        }
    }
}
