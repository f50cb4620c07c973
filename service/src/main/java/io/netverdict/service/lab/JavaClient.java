package io.netverdict.service.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A request by the JDK's HTTP client, run as a process of its own: URL, bytes to post, seconds. */
final class JavaClient {
    private JavaClient() {}

    public static void main(String[] arguments) throws InterruptedException {
        int uploadBytes = Integer.parseInt(arguments[1]);
        Duration timeout = Duration.ofSeconds(Long.parseLong(arguments[2]));
        HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(arguments[0])).timeout(timeout);
        if (uploadBytes > 0) {
            request.POST(BodyPublishers.ofByteArray(new byte[uploadBytes]));
        }
        int status = 0;
        try {
            client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            System.out.println(e);
            status = 1;
        }
        System.exit(status);
    }
}
