package io.netverdict.service.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Properties;

/**
 * The script and the style of page and report, made once when first asked for. Immutable.
 *
 * @param script libraries and modules in one classic script
 * @param style one style sheet
 */
record PageFiles(String script, String style) {
    private static final String LIBRARIES = "/META-INF/resources/webjars/";
    private static final String LIBRARY_POM = "/META-INF/maven/org.webjars.npm/%s/pom.properties";

    /** Made on first use. */
    private static final class Holder {
        private static final PageFiles FILES = make();
    }

    static PageFiles get() {
        return Holder.FILES;
    }

    private static PageFiles make() {
        String script =
                library("preact", "dist/preact.umd.js")
                        + library("preact", "hooks/dist/hooks.umd.js")
                        + library("uplot", "dist/uPlot.iife.min.js")
                        + new ScriptBundle(name -> own(name + ".js")).of("main");
        return new PageFiles(script, library("uplot", "dist/uPlot.min.css") + own("style.css"));
    }

    /** A text beside this class. */
    static String own(String name) {
        return text("/io/netverdict/service/page/" + name);
    }

    /** A library's file, without the pointer to a map that is not served. */
    private static String library(String name, String file) {
        Properties pom = new Properties();
        try {
            pom.load(new StringReader(text(String.format(LIBRARY_POM, name))));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        String path = LIBRARIES + name + "/" + pom.getProperty("version") + "/" + file;
        return text(path).replaceAll("(?m)^//# sourceMappingURL=.*$", "").strip() + "\n";
    }

    private static String text(String path) {
        try (InputStream in = PageFiles.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("not in the program: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    /** A text's SHA-256, in Base64 as Content-Security-Policy wants it. */
    static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
