package io.netverdict.nativelib;

import java.io.PrintWriter;
import java.util.Arrays;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes in a process of its own and prints a line for each. */
final class TestRun {
    private TestRun() {}

    public static void main(String[] classNames) {
        for (String name : classNames) {
            LauncherDiscoveryRequest request =
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectClass(name))
                            .build();
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(request, listener);
            TestExecutionSummary summary = listener.getSummary();
            summary.printFailuresTo(new PrintWriter(System.out, true));
            System.out.printf(
                    "%s: %d passed, %d failed, memory by %s%n",
                    name,
                    summary.getTestsSucceededCount(),
                    summary.getTestsFailedCount(),
                    memory());
        }
    }

    private static String memory() {
        return Arrays.stream(NativeMemory.class.getDeclaredFields())
                .map(field -> field.getType().getName())
                .filter(type -> type.startsWith("java.lang.foreign"))
                .findFirst()
                .map(type -> "java.lang.foreign")
                .orElse("sun.misc.Unsafe");
    }
}
