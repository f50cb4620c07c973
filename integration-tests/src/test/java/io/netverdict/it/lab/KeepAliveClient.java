package io.netverdict.it.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** A client with a kept-alive connection: two posts to one URL with a pause between them. */
final class KeepAliveClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 2_500;

    private KeepAliveClient() {}

    /** The command that runs it. */
    static String[] command(String url) {
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            KeepAliveClient.class.getName(),
            url
        };
    }

    public static void main(String[] arguments) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(arguments[0]))
                        .timeout(TIMEOUT)
                        .POST(BodyPublishers.ofString("{}"))
                        .build();
        int status = 0;
        try {
            client.send(request, BodyHandlers.discarding());
            Thread.sleep(PAUSE_MILLIS);
            client.send(request, BodyHandlers.discarding());
        } catch (IOException e) {
            System.out.println(e);
            status = 1;
        }
        System.exit(status);
    }
}
