package io.netverdict.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.correlator.model.Incident;
import io.netverdict.it.page.Browser.View;
import io.netverdict.service.cli.CommandRunner;
import io.netverdict.service.cli.Console;
import io.netverdict.service.lab.Lab;
import io.netverdict.service.lab.RealClient;
import io.netverdict.service.text.TextStyle;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Walks through real incidents of the live lab in a real browser, by mouse and by keyboard. */
class PageBrowserTest {
    private static final View[] VIEWS = {
        View.DESKTOP, View.DESKTOP_DARK, View.PHONE, View.PHONE_DARK
    };

    @TempDir private static Path directory;

    private static final Map<PageCase, Incident> INCIDENTS = new EnumMap<>(PageCase.class);
    private static PageLab lab;
    private static Browser browser;

    @BeforeAll
    static void breakRequests() throws Exception {
        String problem = Lab.problem() != null ? Lab.problem() : Browser.problem();
        assumeTrue(problem == null, () -> "skipped: " + problem);
        assumeTrue(RealClient.isOnPath("curl"), "skipped: curl is not installed");
        lab = new PageLab(directory.resolve("data"), 0);
        browser = new Browser();
        for (PageCase each : PageCase.values()) {
            INCIDENTS.put(each, lab.fail(each));
        }
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @AfterEach
    void shouldHaveNoComplaintOfTheBrowser() {
        assertEquals(List.of(), browser.complaints());
    }

    private static void open(String path) {
        browser.open(lab.uri() + path);
    }

    private static void openIncident(PageCase each) {
        open("/incidents/" + INCIDENTS.get(each).id());
        browser.find(".ladder-row");
    }

    private static HttpResponse<byte[]> get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeadFromTheListToThePacketsThatProveIt(PageCase each) throws Exception {
        Incident incident = INCIDENTS.get(each);
        browser.look(View.DESKTOP);
        open("/");
        browser.click("a.row[href='/incidents/" + incident.id() + "']");

        WebElement title = browser.find(".incident-head h1");
        assertEquals(incident.verdict().hint().toLowerCase(), title.getText().toLowerCase());
        browser.find(".ladder-row");
        assertEquals(incident.operations().size(), browser.all(".waterfall .step").size());
        assertEquals(incident.verdict().evidence().size(), browser.all(".evidence > li").size());

        long frame = incident.verdict().evidence().get(0).frames().get(0);
        browser.click("#evidence-1 .frame");
        assertTrue(browser.url().endsWith("frame=" + frame), browser.url());
        browser.until("document.querySelector('#packet-" + frame + "[aria-selected=true]')");
        assertTrue(
                (Boolean)
                        browser.run(
                                "const row = document.querySelector('#packet-"
                                        + frame
                                        + "').getBoundingClientRect(), pane ="
                                        + " document.querySelector('.ladder').getBoundingClientRect();"
                                        + "return row.top >= pane.top && row.bottom <= pane.bottom"),
                "the evidence is in sight");

        for (WebElement link : browser.all(".incident-head a.button")) {
            HttpResponse<byte[]> file = get(link.getAttribute("href"));
            assertEquals(200, file.statusCode());
            assertTrue(file.body().length > 100);
        }
        assertEquals(List.of(), browser.violations());
        browser.picture("incident-" + each.name().toLowerCase());
    }

    @Test
    void shouldLookRightOnEveryScreen() {
        for (View view : VIEWS) {
            browser.look(view);
            open("/");
            browser.find("a.row");
            browser.find(".histogram rect");
            assertEquals(List.of(), browser.violations(), view::suffix);
            assertFits(view);
            browser.picture("list");

            openIncident(PageCase.SLOW_TRANSFER);
            browser.find(".graph canvas");
            assertEquals(List.of(), browser.violations(), view::suffix);
            assertFits(view);
            browser.picture("transfer");

            open("/causes/path.mtu-blackhole");
            browser.find(".sketch");
            assertEquals(List.of(), browser.violations(), view::suffix);
            browser.picture("cause");
        }
        browser.look(new View(1280, 1_960, false));
        openIncident(PageCase.MTU_HOLE);
        browser.snapshot("page");
        browser.look(View.DESKTOP);
    }

    private static void assertFits(View view) {
        long width = (Long) browser.run("return document.documentElement.scrollWidth");
        assertTrue(width <= view.width(), view.suffix() + " scrolls sideways: " + width);
    }

    @Test
    void shouldFilterByCauseAndTextAndGroup() {
        browser.look(View.DESKTOP);
        open("/");
        browser.find("a.row");
        browser.run(
                "[...document.querySelectorAll('.facet button')].find((each) =>"
                        + " each.textContent.startsWith('path.mtu-blackhole')).click()");
        browser.until("document.querySelectorAll('a.row').length === 1");
        assertTrue(browser.url().contains("cause=path.mtu-blackhole"), browser.url());
        browser.click(".chip");
        browser.until("document.querySelectorAll('a.row').length === " + PageCase.values().length);

        browser.find(".search input").sendKeys("stale-conn");
        browser.until("document.querySelectorAll('a.row').length === 1");
        browser.find(".search input").clear();
        browser.find(".search input").sendKeys("nothing is called so");
        browser.until("document.querySelector('.empty h2')");
        assertEquals("Nothing matches these filters", browser.find(".empty h2").getText());

        open("/?group=1");
        browser.find(".group");
        assertEquals(PageCase.values().length, browser.all(".group").size());
        assertEquals(List.of(), browser.violations());
        browser.picture("groups");
    }

    @Test
    void shouldDoEverythingByKeyboard() {
        browser.look(View.DESKTOP);
        open("/");
        browser.find("a.row");
        browser.press("/");
        browser.press("tls-alert");
        browser.until("document.querySelectorAll('a.row').length === 1");
        browser.run("document.querySelector('a.row').focus()");
        browser.press(Keys.ENTER);
        browser.find(".ladder-row");

        browser.run("document.querySelector('.ladder-body').focus()");
        browser.press(Keys.HOME);
        browser.until("document.querySelector('#packet-1[aria-selected=true]')");
        browser.press(Keys.ARROW_DOWN);
        browser.until("document.querySelector('#packet-2[aria-selected=true]')");
        browser.press("e");
        browser.until("document.querySelector('.ladder-row.proof[aria-selected=true]')");
        String active = browser.find(".ladder-body").getAttribute("aria-activedescendant");
        assertEquals("true", browser.find("#" + active).getAttribute("aria-selected"));

        browser.run("document.querySelector('.step-line').focus()");
        browser.press(Keys.ENTER);
        browser.find(".step-detail");
        browser.run("document.querySelector('.tabs button:last-child').focus()");
        browser.press(Keys.ENTER);
        browser.find(".packet-table tbody tr.chosen");
        assertEquals(List.of(), browser.violations());

        openIncident(PageCase.SLOW_TRANSFER);
        browser.find(".graph canvas");
        browser.run("document.querySelector('.graph').focus()");
        browser.press("+");
        browser.press(Keys.ARROW_RIGHT);
        browser.press("0");
        browser.press("+");
        browser.picture("zoomed");
    }

    @Test
    void shouldShowNewIncidentsAsTheyCome() throws Exception {
        browser.look(View.DESKTOP);
        open("/?q=refused-now");
        browser.find(".empty");

        Incident fresh = lab.report("connect to refused-now.example port 80 failed: refused");

        browser.find("a.row[href='/incidents/" + fresh.id() + "']");
    }

    @Test
    void shouldBeTheSameAsOneFileWithoutANetwork() throws Exception {
        Path slice = directory.resolve("slow.pcapng");
        String id = INCIDENTS.get(PageCase.SLOW_TRANSFER).id();
        Files.write(slice, get(lab.uri() + "/api/v1/incidents/" + id + "/slice.pcapng").body());
        Path report = directory.resolve("report.html");
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status =
                CommandRunner.run(
                        new String[] {"analyze", slice.toString(), "--html", report.toString()},
                        new Console(out, out, TextStyle.PLAIN, false));
        assertEquals(0, status, said::toString);

        for (View view : VIEWS) {
            browser.look(view);
            browser.open(report.toUri().toString());
            browser.find(".ladder-row");
            browser.find(".graph canvas");
            assertEquals(List.of(), browser.violations(), view::suffix);
            browser.picture("report");
        }
        browser.look(View.DESKTOP);
        browser.click("#evidence-1 .frame");
        browser.until("document.querySelector('.ladder-row[aria-selected=true]')");
        browser.click(".cause-link");
        browser.find(".sketch");
        assertEquals(
                0L,
                browser.run("return performance.getEntriesByType('resource').length"),
                "loads nothing");
        assertFalse(Files.readString(report).contains("http-equiv=\"refresh\""));
    }
}
