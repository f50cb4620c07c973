package io.netverdict.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows compiles as it stands there. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW =
            Pattern.compile("\\| ([^|]+) \\| `([^|]+)` \\| `hook(?:\\.(\\w+))?` \\|");

    /** What stands before and after a row's line in a program. */
    private record Frame(String declarations, String before, String after) {}

    private static final Map<String, Frame> FRAMES =
            Map.of(
                    "jdk",
                    new Frame(
                            "java.net.http.HttpClient client;"
                                    + "java.net.HttpURLConnection connection;",
                            "",
                            ";"),
                    "okhttp",
                    new Frame("okhttp3.OkHttpClient client;", "client = ", ";"),
                    "apache5",
                    new Frame(
                            "org.apache.hc.client5.http.impl.classic.HttpClientBuilder builder;",
                            "builder = ",
                            ";"),
                    "aws",
                    new Frame(
                            "software.amazon.awssdk.services.s3.S3ClientBuilder builder;",
                            "builder.",
                            ";"),
                    "spring",
                    new Frame(
                            "org.springframework.web.client.RestClient.Builder builder;",
                            "builder.",
                            ";"),
                    "",
                    new Frame(
                            "Exception exception; java.net.URI uri; java.time.Instant startedAt;",
                            "",
                            ";"));

    @TempDir private Path directory;

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private void assertCompiles(String snippet, String declarations, String adapter) {
        String program =
                "import io.netverdict.hook.*;\n"
                        + "import io.netverdict.hook.jdk.*;\n"
                        + "import java.net.http.HttpClient;\n"
                        + (adapter.isEmpty()
                                ? ""
                                : "import io.netverdict.hook." + adapter + ".*;\n")
                        + "class Program {\n"
                        + "  static Object used;\n"
                        + declarations
                        + "\n  void run() throws Exception {\n"
                        + snippet
                        + "\n  }\n}\n";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<JavaFileObject> sources = List.of(new Source("Program", program));
        List<String> options =
                List.of(
                        "-proc:none",
                        "-d",
                        directory.toString(),
                        "-cp",
                        System.getProperty("java.class.path"));
        assertTrue(
                compiler.getTask(said, null, null, options, null, sources).call(),
                () -> said + program);
    }

    @Test
    void shouldCompileTheFirstExample() throws IOException {
        Matcher block = JAVA_BLOCK.matcher(Files.readString(README));
        assertTrue(block.find());
        assertEquals(2, block.group(1).lines().count(), "two lines are the set-up");
        assertCompiles(block.group(1), "", "jdk");
    }

    @Test
    void shouldCompileTheLineForEachClient() throws IOException {
        Matcher row = ROW.matcher(Files.readString(README));
        List<String> clients = new ArrayList<>();
        while (row.find()) {
            clients.add(row.group(1));
            String adapter = row.group(3) == null ? "" : row.group(3);
            Frame frame = FRAMES.get(adapter);
            String line = row.group(2).replace("it -> \u2026", "it -> it.getInputStream()");
            String before = line.startsWith("ReportingHttpClient") ? "client = " : frame.before();
            assertCompiles(
                    "NetverdictReporter reporter = NetverdictReporter.create();\n"
                            + before
                            + line
                            + frame.after(),
                    frame.declarations(),
                    adapter);
        }
        assertEquals(7, clients.size(), clients::toString);
        assertFalse(clients.contains(""));
    }
}
