package io.netverdict.hook.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.hook.AdapterContract;
import io.netverdict.hook.BrokenServer;
import io.netverdict.hook.NetverdictReporter;
import io.netverdict.hook.support.LoggedFailures;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

class ReportingExecutionInterceptorTest extends AdapterContract {
    private static S3Client client(URI endpoint, NetverdictReporter through) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(READ_TIMEOUT))
                .overrideConfiguration(
                        it ->
                                it.addExecutionInterceptor(
                                        new ReportingExecutionInterceptor(through)))
                .build();
    }

    /** The path as bucket, since the server wants to be asked for exactly that. */
    private static void download(String url, NetverdictReporter through) throws IOException {
        URI uri = URI.create(url);
        URI endpoint = URI.create("http://" + uri.getAuthority());
        try (S3Client s3 = client(endpoint, through);
                ResponseInputStream<GetObjectResponse> body =
                        s3.getObject(it -> it.bucket(uri.getPath().substring(1)).key("img"))) {
            body.readAllBytes();
        }
    }

    @Override
    protected void get(String url, NetverdictReporter through) throws Exception {
        download(url, through);
    }

    @Override
    protected String client() {
        return "aws-sdk-java 2.";
    }

    @Override
    protected String asked(String url) {
        return url.replaceAll("\\?.*", "") + "/img";
    }

    @Test
    void shouldReportAServerErrorOnceWithEveryAttempt() throws Exception {
        String url = server.url(BrokenServer.UNAVAILABLE);
        SdkException failure = assertThrows(SdkException.class, () -> download(url, reporter));

        Map<?, ?> attributes = (Map<?, ?>) service.onlyReport().get("attributes");
        assertEquals(url + "/img", service.onlyReport().get("url"));
        assertEquals("GetObject", attributes.get("aws.operation"));
        for (String number : new String[] {"01", "02", "03"}) {
            assertEquals("GET " + url + "/img -> 503", attributes.get("request." + number));
        }
        assertTrue(LoggedFailures.hintOf(failure).isPresent());
    }
}
