package io.netverdict.hook.apache5;

import io.netverdict.hook.AdapterContract;
import io.netverdict.hook.NetverdictReporter;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.util.Timeout;

class ApacheAsyncReportingTest extends AdapterContract {
    @Override
    protected void get(String url, NetverdictReporter through) throws Exception {
        RequestConfig config =
                RequestConfig.custom().setResponseTimeout(Timeout.of(READ_TIMEOUT)).build();
        try (CloseableHttpAsyncClient client =
                ApacheReporting.install(
                                HttpAsyncClients.custom().setDefaultRequestConfig(config), through)
                        .build()) {
            client.start();
            SimpleHttpRequest request = SimpleRequestBuilder.get(url).build();
            client.execute(request, null).get();
        } catch (ExecutionException failed) {
            throw (Exception) failed.getCause();
        }
    }

    @Override
    protected String client() {
        return "Apache HttpClient 5.";
    }

    @Override
    protected boolean waits() {
        return false;
    }
}
