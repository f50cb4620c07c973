package io.netverdict.capture.file;

import java.util.Objects;

/**
 * What the head of a pcapng file tells about its origin; empty texts are left out.
 *
 * @param hardware the machine
 * @param os its operating system
 * @param application what wrote the file
 * @param comment for whoever opens it, may have several lines
 */
public record PcapngSection(String hardware, String os, String application, String comment) {
    public PcapngSection {
        Objects.requireNonNull(hardware, "hardware");
        Objects.requireNonNull(os, "os");
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(comment, "comment");
    }

    /** A section written on this machine. */
    public static PcapngSection ofThisMachine(String application, String comment) {
        return new PcapngSection(
                System.getProperty("os.arch", ""),
                System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""),
                application,
                comment);
    }
}
