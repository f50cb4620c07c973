package io.netverdict.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netverdict.correlator.model.Cause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opening a directory does with what it finds there. */
class OpeningTest {
    @TempDir Path directory;

    private String refusal(Path dataDirectory) {
        return assertThrows(
                        StorageException.class,
                        () -> IncidentStore.open(dataDirectory, Retention.DEFAULT).close())
                .getMessage();
    }

    private IncidentStore open() {
        return IncidentStore.open(directory, Retention.DEFAULT);
    }

    @Test
    void shouldCreateTheDirectoryForItsOwnerAlone() throws Exception {
        Path created = directory.resolve("deep/inside");
        IncidentStore.open(created, Retention.DEFAULT).close();

        assertEquals(3, Files.getPosixFilePermissions(created).size());
        assertTrue(Files.exists(created.resolve("incidents.mv.db")));
    }

    @Test
    void shouldRemoveWhatACrashLeft() throws Exception {
        try (IncidentStore store = open()) {
            store.save(
                    Samples.incident("a", Samples.NOON, Cause.TCP_REFUSED, "a.example"),
                    Samples.slice("a"));
        }
        Path slices = directory.resolve("slices");
        Files.writeString(slices.resolve("4711.tmp"), "half");
        Files.writeString(slices.resolve("never-committed.pcapng"), "whole");
        Files.writeString(slices.resolve("notes.txt"), "somebody's");
        open().close();

        try (var files = Files.list(slices)) {
            assertEquals(
                    List.of("a.pcapng", "notes.txt"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void shouldSayWhoHasTheDirectory() {
        try (IncidentStore holder = open()) {
            String refusal = refusal(directory);

            assertTrue(refusal.contains("is in use by this process"), refusal);
            assertTrue(refusal.contains("stop that one, or choose another"), refusal);
            assertEquals(0, holder.use().incidents());
        }
        open().close();
    }

    @Test
    void shouldSayWhichProcessHasTheDirectory() throws Exception {
        Process writer =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashingWriter.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            assertFalse(writer.inputReader().readLine().isEmpty());
            String refusal = refusal(directory);
            assertTrue(refusal.contains("is in use by process " + writer.pid()), refusal);
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldSayThatADatabaseToolHasTheDatabase() throws Exception {
        open().close();
        String url = "jdbc:h2:file:" + directory.resolve("incidents");
        try (var tool = DriverManager.getConnection(url, "sa", "")) {
            assertFalse(tool.isClosed());
            String refusal = refusal(directory);
            assertTrue(refusal.contains("in use by another process"), refusal);
        }
    }

    @Test
    void shouldSayThatTheDirectoryCannotBeWritten() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        String refusal = refusal(file.resolve("data"));
        assertTrue(refusal.contains("cannot be written"), refusal);
        assertTrue(refusal.contains("choose another"), refusal);
    }

    @Test
    void shouldSayThatTheFileSystemCannotBeWritten() {
        Path kernel = Path.of("/proc/netverdict");
        assumeTrue(Files.isDirectory(kernel.getParent()), "no /proc on this system");

        String refusal = refusal(kernel);
        assertTrue(refusal.contains("/proc/netverdict cannot be written"), refusal);
    }

    @Test
    void shouldRefuseTheSchemaOfANewerVersion() throws Exception {
        open().close();
        String url = "jdbc:h2:file:" + directory.resolve("incidents");
        try (var connection = DriverManager.getConnection(url, "sa", "");
                var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO \"flyway_schema_history\" SELECT 1000, '999', 'later', 'SQL',"
                            + " 'V999__later.sql', 1, 'sa', now(), 1, TRUE");
        }

        String refusal = refusal(directory);
        assertTrue(refusal.contains("schema version 999"), refusal);
        assertTrue(refusal.contains("newer netverdict"), refusal);
    }

    @Test
    void shouldSayThatTheDatabaseIsDamaged() throws Exception {
        open().close();
        Files.write(directory.resolve("incidents.mv.db"), new byte[8192]);

        String refusal = refusal(directory);
        assertTrue(refusal.contains("move it away"), refusal);
    }

    @Test
    void shouldRefuseADirectoryNameThatH2Misreads() {
        String refusal = refusal(directory.resolve("a;b"));

        assertTrue(refusal.contains("';'"), refusal);
    }
}
