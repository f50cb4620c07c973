package io.netverdict.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.capture.live.RecorderConfig;
import io.netverdict.capture.live.RecorderStatus;
import io.netverdict.capture.recording.Recording;
import io.netverdict.service.NetverdictService;
import io.netverdict.service.ServiceSettings;
import io.netverdict.service.recorder.Recorder;
import io.netverdict.storage.Retention;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how quick the page is, and holds what keeps it so: only what is in sight is drawn. */
class PageFluencyTest {
    private static final int MOST_ROWS_DRAWN = 60;

    /** Scrolls for 120 frames and tells how long they took. */
    private static final String SCROLL =
            """
            const [pane, step, done] = [arguments[0] ? document.querySelector(arguments[0])
              : document.scrollingElement, arguments[1], arguments[arguments.length - 1]];
            const frames = [];
            let tasks = 0;
            const observer = new PerformanceObserver((list) => { tasks += list.getEntries().length; });
            observer.observe({entryTypes: ['longtask']});
            let last = performance.now();
            const tick = (now) => {
              frames.push(now - last);
              last = now;
              pane.scrollTop += step;
              if (frames.length < 120) return requestAnimationFrame(tick);
              frames.sort((a, b) => a - b);
              observer.disconnect();
              done({median: frames[60], p95: frames[114], longest: frames[119], tasks,
                at: pane.scrollTop});
            };
            requestAnimationFrame(tick);
            """;

    @TempDir private static Path directory;
    private static NetverdictService service;
    private static Browser browser;

    @BeforeAll
    static void fill() throws Exception {
        assumeTrue(Browser.problem() == null, () -> "skipped: " + Browser.problem());
        ManyIncidents.write(directory.resolve("data"));
        service =
                NetverdictService.start(
                        new ServiceSettings(
                                RecorderConfig.defaults(),
                                directory.resolve("data"),
                                new Retention(Duration.ofDays(3650), 4L << 30),
                                new InetSocketAddress("127.0.0.1", 0),
                                ServiceSettings.DEFAULT_SETTLE),
                        new NothingRecorded());
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (service != null) {
            service.close();
        }
    }

    private static void open(String path) {
        browser.open("http://127.0.0.1:" + service.address().getPort() + path);
    }

    @Test
    void shouldTellHowSoonItIsThere() {
        for (String state : List.of("first visit", "second visit", "third visit")) {
            open("/");
            browser.find("a.row");
            Object figures =
                    browser.run(
                            "const paint = performance.getEntriesByType('paint')"
                                    + ".find((each) => each.name === 'first-contentful-paint');"
                                    + "const all = [...performance.getEntriesByType('navigation'),"
                                    + " ...performance.getEntriesByType('resource')];"
                                    + "return `first paint ${Math.round(paint.startTime)} ms,"
                                    + " incidents shown ${Math.round(performance.getEntriesByName("
                                    + "'incidents shown')[0].startTime)} ms, ${Math.round("
                                    + "all.reduce((sum, each) => sum + each.transferSize, 0) / 1024)}"
                                    + " KiB in ${all.length} requests`");
            System.out.println("page of 10,000 incidents, " + state + ": " + figures);
        }
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void shouldScrollThroughTenThousandIncidentsDrawingOnlyThoseInSight() {
        open("/");
        browser.find("a.row");
        print("list of 10,000 incidents", browser.await(SCROLL, "", 240));
        assertTrue(browser.all(".rows > li").size() < MOST_ROWS_DRAWN);

        browser.run("document.scrollingElement.scrollTop = document.scrollingElement.scrollHeight");
        browser.until("document.querySelector('a.row[href$=many-009999]')");
        assertTrue(browser.all(".rows > li").size() < MOST_ROWS_DRAWN);
    }

    @Test
    void shouldScrollThroughALadderOfFiveThousandPacketsDrawingOnlyThoseInSight() {
        open("/incidents/" + ManyIncidents.LONG_ONE);
        browser.find(".ladder-row");
        print("ladder of 5,000 packets", browser.await(SCROLL, ".ladder", 240));
        assertTrue(browser.all(".ladder-row").size() < MOST_ROWS_DRAWN);

        browser.run("document.querySelector('.ladder').scrollTop = 1e9");
        browser.find("#packet-" + ManyIncidents.PACKETS);
        assertTrue(browser.all(".ladder-row").size() < MOST_ROWS_DRAWN);
    }

    private static void print(String what, Object measured) {
        Map<?, ?> figures = (Map<?, ?>) measured;
        System.out.printf(
                "scrolling a %s: frames of %.1f ms (median), %.1f ms (p95), %.1f ms (longest),"
                        + " %s tasks over 50 ms%n",
                what,
                ((Number) figures.get("median")).doubleValue(),
                ((Number) figures.get("p95")).doubleValue(),
                ((Number) figures.get("longest")).doubleValue(),
                figures.get("tasks"));
    }

    /** For a page that is only read. */
    private static final class NothingRecorded implements Recorder {
        @Override
        public Recording snapshot() {
            throw new IllegalStateException("nothing is recorded here");
        }

        @Override
        public RecorderStatus status() {
            return new RecorderStatus(0, 0, 0, 0, 1 << 20, List.of());
        }

        @Override
        public void close() {}
    }
}
