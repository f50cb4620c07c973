package io.netverdict.it.lab;

import io.netverdict.hook.NetverdictReporter;
import io.netverdict.hook.aws.ReportingExecutionInterceptor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.endpoints.EndpointUrl;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A program that downloads an object with the AWS SDK and follows the bucket to another region, run
 * as a process of its own; its log shows what the SDK throws.
 */
final class S3DownloadClient {
    static final int PORT = 9000;
    private static final Logger LOG = LoggerFactory.getLogger("app");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private S3DownloadClient() {}

    /** Where a region's part of the store is. */
    static String host(String bucket, String region) {
        return bucket + ".s3." + region + ".lab.example";
    }

    public static void main(String[] arguments) {
        try (NetverdictReporter reporter =
                        NetverdictReporter.builder().waitForHint(PATIENCE).build();
                S3Client s3 = client(reporter)) {
            s3.getObjectAsBytes(it -> it.bucket("media").key("films/one.mp4"));
        } catch (SdkException failure) {
            LOG.error("download failed", failure);
        }
        System.exit(0);
    }

    private static S3Client client(NetverdictReporter reporter) {
        return S3Client.builder()
                .region(Region.EU_WEST_1)
                .crossRegionAccessEnabled(true)
                .endpointProvider(
                        asked ->
                                CompletableFuture.completedFuture(
                                        endpoint(asked.bucket(), asked.region().id())))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(Apache5HttpClient.builder().connectionTimeout(CONNECT_TIMEOUT))
                .overrideConfiguration(
                        it ->
                                it.addExecutionInterceptor(
                                        new ReportingExecutionInterceptor(reporter)))
                .build();
    }

    private static Endpoint endpoint(String bucket, String region) {
        return Endpoint.builder()
                .endpointUrl(EndpointUrl.fromString("http://" + host(bucket, region) + ":" + PORT))
                .build();
    }
}
