package io.netverdict.hook;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.netverdict.hook.jdk.ReportingHttpClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The hook runs on the JDK and slf4j-api alone, whatever else an application has or lacks. */
@AnalyzeClasses(
        packages = "io.netverdict.hook",
        importOptions = ImportOption.DoNotIncludeTests.class)
class IndependenceTest {
    private static final String ROOT = "io.netverdict.hook";

    @ArchTest
    static final ArchRule coreShouldKnowTheJdkAndSlf4jOnly =
            noClasses()
                    .that()
                    .resideInAnyPackage(ROOT, ROOT + ".support")
                    .should()
                    .dependOnClassesThat()
                    .resideOutsideOfPackages(
                            "java..", "javax.net..", "org.slf4j..", ROOT, ROOT + ".support");

    @ArchTest
    static final ArchRule adaptersShouldNotKnowEachOther =
            slices().matching(ROOT + ".(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(alwaysTrue(), resideInAPackage(ROOT + ".support"));

    /** An application's loader with the hook and slf4j-api, and without all other libraries. */
    private static URLClassLoader bare() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (Class<?> type : List.of(NetverdictReporter.class, org.slf4j.Logger.class)) {
            urls.add(type.getProtectionDomain().getCodeSource().getLocation());
        }
        urls.add(StandInApplication.class.getProtectionDomain().getCodeSource().getLocation());
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /** What such an application does; must not touch JUnit. */
    public static final class StandInApplication {
        private StandInApplication() {}

        /** Makes a request that is refused; the message of what was attached to its exception. */
        public static String request(String url, String service) throws InterruptedException {
            try (NetverdictReporter reporter =
                    NetverdictReporter.builder()
                            .serviceUrl(service)
                            .waitForHint(java.time.Duration.ofSeconds(30))
                            .build()) {
                ReportingHttpClient.wrap(java.net.http.HttpClient.newHttpClient(), reporter)
                        .send(
                                java.net.http.HttpRequest.newBuilder(java.net.URI.create(url))
                                        .build(),
                                java.net.http.HttpResponse.BodyHandlers.discarding());
                return "no failure";
            } catch (java.io.IOException failure) {
                return failure.getSuppressed().length + " " + failure.getSuppressed()[0];
            }
        }
    }

    @Test
    void shouldWorkWithoutAnyClientOrTracingLibrary() throws Exception {
        try (StandInService service = new StandInService();
                URLClassLoader bare = bare()) {
            for (String absent :
                    List.of(
                            "okhttp3.Call",
                            "io.opentelemetry.api.trace.Span",
                            "ch.qos.logback.classic.Logger",
                            "software.amazon.awssdk.core.SdkRequest")) {
                assertThrows(ClassNotFoundException.class, () -> bare.loadClass(absent));
            }
            Method request =
                    bare.loadClass(StandInApplication.class.getName())
                            .getMethod("request", String.class, String.class);
            try {
                assertEquals(
                        "1 io.netverdict.hook.CauseHint: 10.77.0.2:8443 refused \u2013 \"RST\""
                                + " [tcp.refused, incident 01inc]",
                        request.invoke(null, BrokenServer.refusedUrl(), service.url()));
            } catch (InvocationTargetException e) {
                throw new AssertionError(e.getCause());
            }
        }
    }
}
