package io.netverdict.hook.spring;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.hook.AdapterContract;
import io.netverdict.hook.BrokenServer;
import io.netverdict.hook.NetverdictReporter;
import io.netverdict.hook.support.LoggedFailures;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

class ReportingClientHttpRequestInterceptorTest extends AdapterContract {
    private static SimpleClientHttpRequestFactory requests() {
        SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
        requests.setReadTimeout(READ_TIMEOUT);
        return requests;
    }

    @Override
    protected void get(String url, NetverdictReporter through) {
        RestClient.builder()
                .requestFactory(requests())
                .requestInterceptor(new ReportingClientHttpRequestInterceptor(through))
                .build()
                .get()
                .uri(url)
                .retrieve()
                .body(String.class);
    }

    @Override
    protected String client() {
        return "Spring 6.";
    }

    @Test
    void shouldReportForRestTemplateAsWell() throws Exception {
        RestTemplate template = new RestTemplate(requests());
        template.getInterceptors().add(new ReportingClientHttpRequestInterceptor(reporter));
        String url = BrokenServer.refusedUrl();

        ResourceAccessException failure =
                assertThrows(
                        ResourceAccessException.class,
                        () -> template.getForObject(url, String.class));

        assertTrue(LoggedFailures.hintOf(failure).isPresent());
    }
}
