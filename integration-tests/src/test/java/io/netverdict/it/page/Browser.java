package io.netverdict.it.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Headless Chromium with what the tests do in it. For one thread. */
final class Browser implements AutoCloseable {
    /** Kept as build output, to be looked at. */
    static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 50;
    private static final String AXE = resource("/axe.min.js");
    private static final String VIOLATIONS =
            "const done = arguments[arguments.length - 1];"
                    + "axe.run(document, {resultTypes: ['violations']}).then((found) => done("
                    + "found.violations.map((each) => each.id + ': ' + each.nodes.slice(0, 4)"
                    + ".map((node) => node.target.join(' ') + ' ' + (node.any[0] || node.all[0]"
                    + " || node.none[0] || {message: ''}).message).join(' | '))));";

    /** A window to look through. */
    record View(int width, int height, boolean dark) {
        static final View DESKTOP = new View(1280, 900, false);
        static final View DESKTOP_DARK = new View(1280, 900, true);
        static final View PHONE = new View(390, 844, false);
        static final View PHONE_DARK = new View(390, 844, true);

        String suffix() {
            return (width < 600 ? "phone" : "desktop") + (dark ? "-dark" : "-light");
        }
    }

    private final ChromeDriver driver;
    private View view;

    Browser() {
        Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars");
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        driver =
                new ChromeDriver(
                        new ChromeDriverService.Builder()
                                .usingDriverExecutable(DRIVER.toFile())
                                .withSilent(true)
                                .build(),
                        options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        look(View.DESKTOP);
    }

    /** What is missing here to run a browser, in one line; null where nothing is. */
    static String problem() {
        if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
            return "no Chromium here: apt-get install chromium chromium-driver";
        }
        return null;
    }

    void look(View wanted) {
        view = wanted;
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        wanted.width(),
                        "height",
                        wanted.height(),
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        wanted.width() < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        wanted.dark() ? "dark" : "light"))));
    }

    void open(String url) {
        driver.get(url);
    }

    String url() {
        return driver.getCurrentUrl();
    }

    /** Waits until a script is true. */
    void until(String script, Object... arguments) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(driver.executeScript("return !!(" + script + ")", arguments))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        script + " " + List.of(arguments) + " never at " + driver.getCurrentUrl());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    WebElement find(String css) {
        until("document.querySelector(arguments[0])", css);
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    void click(String css) {
        WebElement element = find(css);
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void tab() {
        press(Keys.TAB);
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    Object await(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** What the browser complained of since the last call. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                complaints.add(entry.getMessage());
            }
        }
        return complaints;
    }

    /** Rules of accessibility that the page breaks, with where. */
    List<?> violations() {
        driver.executeScript(AXE);
        return (List<?>) driver.executeAsyncScript(VIOLATIONS);
    }

    /** Keeps a picture of the whole page. */
    void picture(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            View before = view;
            long height =
                    (Long) driver.executeScript("return document.documentElement.scrollHeight");
            look(new View(view.width(), (int) Math.min(5_000, Math.max(height, 500)), view.dark()));
            // Two frames, for what draws itself by its size.
            driver.executeAsyncScript(
                    "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 150))");
            Files.write(
                    SCREENSHOTS.resolve(name + "-" + before.suffix() + ".png"),
                    driver.getScreenshotAs(OutputType.BYTES));
            look(before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a picture of what is in sight. */
    void snapshot(String name) {
        try {
            Files.write(
                    Files.createDirectories(SCREENSHOTS).resolve(name + ".png"),
                    driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Browser.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
