package io.netverdict.service.lab;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Clients that people use, as far as this machine has them. */
public enum RealClient {
    CURL,
    JAVA;

    /** curl where it is installed, else Java's. */
    public static RealClient preferred() {
        return isOnPath("curl") ? CURL : JAVA;
    }

    /** Whether a program can be run by its name. */
    public static boolean isOnPath(String program) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The command that makes a request.
     *
     * @param uploadBytes of a body to post; 0 for a GET
     * @param timeoutSeconds after which the client gives up
     */
    public String[] command(String url, int uploadBytes, int timeoutSeconds) {
        List<String> line = new ArrayList<>();
        if (this == CURL) {
            line.addAll(List.of("curl", "-sS", "-o", "/dev/null", "-m", "" + timeoutSeconds));
            if (uploadBytes > 0) {
                line.addAll(List.of("-d", "x".repeat(uploadBytes)));
            }
            line.add(url);
        } else {
            line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
            line.add(System.getProperty("java.class.path"));
            line.addAll(List.of(JavaClient.class.getName(), url));
            line.addAll(List.of("" + uploadBytes, "" + timeoutSeconds));
        }
        return line.toArray(String[]::new);
    }

    /** The command as a person would type it. */
    public String typed(String url, int uploadBytes, int timeoutSeconds) {
        if (this == JAVA) {
            return "HttpClient: " + (uploadBytes > 0 ? "POST " : "GET ") + url;
        }
        String body = uploadBytes > 0 ? " --data-binary @order.json" : "";
        return "curl -m " + timeoutSeconds + body + " " + url;
    }
}
