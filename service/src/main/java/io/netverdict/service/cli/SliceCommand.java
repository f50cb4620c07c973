package io.netverdict.service.cli;

import io.netverdict.service.client.ServiceException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code netverdict slice}: downloads an incident's packets. */
@Command(
        name = "slice",
        description = "Downloads an incident's packets as a pcapng file.",
        footer = {
            "",
            "Examples:",
            "  netverdict slice 01jd2k0q7w3v0h8e4m5n6p7q8r",
            "  netverdict slice 01jd2k0q7w3v0h8e4m5n6p7q8r -o - | tshark -r -"
        })
final class SliceCommand implements Callable<Integer> {
    private final Console console;

    @Mixin private NetverdictCommand.Common common;
    @Mixin private ServiceOption service;

    @Parameters(paramLabel = "ID", description = "As netverdict incidents lists it.")
    private String id;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write; - is standard output. Default: ID.pcapng here.")
    private String output;

    SliceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, ServiceException {
        byte[] slice = service.client().slice(id);
        if ("-".equals(output)) {
            console.flush();
            try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
                out.write(slice);
            }
            return 0;
        }
        // The service has confirmed the id, so it holds no path.
        Path file = Path.of(output == null ? id + ".pcapng" : output);
        Files.write(file, slice);
        console.err().println("netverdict: wrote " + file + ", " + slice.length + " bytes");
        return 0;
    }
}
