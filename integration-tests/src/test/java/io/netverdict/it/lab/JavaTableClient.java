package io.netverdict.it.lab;

import io.netverdict.hook.NetverdictReporter;
import io.netverdict.hook.apache5.ApacheReporting;
import io.netverdict.hook.aws.ReportingExecutionInterceptor;
import io.netverdict.hook.jdk.ReportingHttpClient;
import io.netverdict.hook.jdk.ReportingUrlConnection;
import io.netverdict.hook.okhttp.OkHttpReporting;
import io.netverdict.hook.spring.ReportingClientHttpRequestInterceptor;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Programs with each of Java's clients, run as a process of its own: which client, seconds, URLs.
 * Does to its client what the README of error-hook says, gets each URL and logs what it throws.
 */
enum JavaTableClient {
    JDK_HTTP_CLIENT {
        @Override
        void get(String url, Duration timeout, NetverdictReporter reporter) throws Exception {
            HttpClient client =
                    ReportingHttpClient.wrap(
                            HttpClient.newBuilder().connectTimeout(timeout).build(), reporter);
            client.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(timeout).build(),
                    BodyHandlers.ofByteArray());
        }
    },
    HTTP_URL_CONNECTION {
        @Override
        void get(String url, Duration timeout, NetverdictReporter reporter) throws Exception {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout((int) timeout.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            new ReportingUrlConnection(reporter)
                    .call(connection, it -> it.getInputStream().readAllBytes());
        }
    },
    OKHTTP {
        @Override
        void get(String url, Duration timeout, NetverdictReporter reporter) throws Exception {
            OkHttpClient client =
                    OkHttpReporting.wrap(
                            new OkHttpClient.Builder()
                                    .connectTimeout(timeout)
                                    .readTimeout(timeout)
                                    .build(),
                            reporter);
            Request request = new Request.Builder().url(url).build();
            try (Response response = client.newCall(request).execute()) {
                response.body().bytes();
            }
        }
    },
    APACHE_5 {
        @Override
        void get(String url, Duration timeout, NetverdictReporter reporter) throws Exception {
            ConnectionConfig limits =
                    ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(timeout))
                            .setSocketTimeout(Timeout.of(timeout))
                            .build();
            try (var client =
                    ApacheReporting.install(
                                    HttpClients.custom()
                                            .setConnectionManager(
                                                    PoolingHttpClientConnectionManagerBuilder
                                                            .create()
                                                            .setDefaultConnectionConfig(limits)
                                                            .build()),
                                    reporter)
                            .build()) {
                client.execute(
                        new HttpGet(url),
                        response -> EntityUtils.toByteArray(response.getEntity()));
            }
        }
    },
    AWS_S3 {
        @Override
        void get(String url, Duration timeout, NetverdictReporter reporter) throws Exception {
            URI uri = URI.create(url);
            try (S3Client s3 =
                    S3Client.builder()
                            .endpointOverride(
                                    URI.create(uri.getScheme() + "://" + uri.getAuthority()))
                            .forcePathStyle(true)
                            .region(Region.EU_WEST_1)
                            .credentialsProvider(AnonymousCredentialsProvider.create())
                            .httpClientBuilder(
                                    Apache5HttpClient.builder()
                                            .connectionTimeout(timeout)
                                            .socketTimeout(timeout))
                            .overrideConfiguration(
                                    it ->
                                            it.addExecutionInterceptor(
                                                    new ReportingExecutionInterceptor(reporter)))
                            .build()) {
                String[] path = uri.getPath().split("/", 3);
                s3.getObjectAsBytes(it -> it.bucket(path[1]).key(path[2]));
            }
        }
    },
    SPRING {
        @Override
        void get(String url, Duration timeout, NetverdictReporter reporter) {
            SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
            requests.setConnectTimeout(timeout);
            requests.setReadTimeout(timeout);
            RestClient.builder()
                    .requestFactory(requests)
                    .requestInterceptor(new ReportingClientHttpRequestInterceptor(reporter))
                    .build()
                    .get()
                    .uri(url)
                    .retrieve()
                    .body(byte[].class);
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger("app");
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Makes the client, reports with it, gets a URL. */
    abstract void get(String url, Duration timeout, NetverdictReporter reporter) throws Exception;

    public static void main(String[] arguments) {
        JavaTableClient client = valueOf(arguments[0]);
        Duration timeout = Duration.ofSeconds(Long.parseLong(arguments[1]));
        try (NetverdictReporter reporter =
                NetverdictReporter.builder().waitForHint(PATIENCE).build()) {
            for (int index = 2; index < arguments.length; index++) {
                System.out.println(ClientTableTest.MARK + arguments[index]);
                try {
                    client.get(arguments[index], timeout, reporter);
                } catch (Exception failure) {
                    LOG.error("cannot get {}", arguments[index], failure);
                }
            }
        }
        System.exit(0);
    }
}
