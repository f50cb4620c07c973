package io.netverdict.hook.jdk;

import io.netverdict.hook.AdapterContract;
import io.netverdict.hook.NetverdictReporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

class ReportingHttpClientContractTest extends AdapterContract {
    @Override
    protected void get(String url, NetverdictReporter through) throws Exception {
        HttpClient client = ReportingHttpClient.wrap(HttpClient.newHttpClient(), through);
        client.send(
                HttpRequest.newBuilder(URI.create(url)).timeout(READ_TIMEOUT).build(),
                BodyHandlers.ofByteArray());
    }

    @Override
    protected String client() {
        return "java.net.http ";
    }
}
