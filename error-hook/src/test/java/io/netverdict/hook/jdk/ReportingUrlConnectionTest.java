package io.netverdict.hook.jdk;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.hook.AdapterContract;
import io.netverdict.hook.BrokenServer;
import io.netverdict.hook.NetverdictReporter;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ReportingUrlConnectionTest extends AdapterContract {
    @Override
    protected void get(String url, NetverdictReporter through) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
        new ReportingUrlConnection(through)
                .call(
                        connection,
                        it -> {
                            try (InputStream body = it.getInputStream()) {
                                return body.readAllBytes();
                            }
                        });
    }

    @Override
    protected String client() {
        return "HttpURLConnection ";
    }

    @Test
    void shouldTakeAnErrorStatusForAnAnswer() {
        assertThrows(IOException.class, () -> get(server.url(BrokenServer.UNAVAILABLE), reporter));
        reporter.close();
        assertTrue(service.reports.isEmpty());
    }
}
