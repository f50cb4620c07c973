package io.netverdict.hook.apache5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.hook.AdapterContract;
import io.netverdict.hook.BrokenServer;
import io.netverdict.hook.NetverdictReporter;
import java.io.IOException;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;

class ApacheReportingTest extends AdapterContract {
    @Override
    protected void get(String url, NetverdictReporter through) throws IOException {
        RequestConfig config =
                RequestConfig.custom().setResponseTimeout(Timeout.of(READ_TIMEOUT)).build();
        try (CloseableHttpClient client =
                ApacheReporting.install(
                                HttpClients.custom().setDefaultRequestConfig(config), through)
                        .build()) {
            client.execute(
                    new HttpGet(url), response -> EntityUtils.toByteArray(response.getEntity()));
        }
    }

    @Override
    protected String client() {
        return "Apache HttpClient 5.";
    }

    @Test
    void shouldNameEveryRequestOfARedirect() throws Exception {
        String last = server.url(BrokenServer.SILENT);
        String first = server.redirectTo(last);
        failureOf(first);

        Map<?, ?> report = service.onlyReport();
        assertEquals(first, report.get("url"));
        Map<?, ?> attributes = (Map<?, ?>) report.get("attributes");
        assertEquals("GET " + first + " -> redirect", attributes.get("request.01"));
        assertEquals("GET " + last, attributes.get("request.02"));
        assertTrue(report.get("message").toString().endsWith("requests was: GET " + last));
    }
}
