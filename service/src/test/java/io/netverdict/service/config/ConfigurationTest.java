package io.netverdict.service.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.service.ServiceSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static final Path PATH = Path.of("/etc/netverdict/netverdict.yaml");

    private static ConfigFile file(String text) {
        return ConfigFile.parse(PATH, text);
    }

    private static Configuration of(
            Map<Setting<?>, String> flags, Map<String, String> environment, String file)
            throws ConfigurationException {
        return Configuration.of(flags, environment, file(file));
    }

    private static List<String> problems(Map<String, String> environment, String file) {
        return assertThrows(ConfigurationException.class, () -> of(Map.of(), environment, file))
                .problems();
    }

    @Test
    void shouldPreferFlagsToEnvironmentToFileToDefault() throws Exception {
        Map<Setting<?>, String> flags = Map.of(Settings.RING, "1GiB");
        Map<String, String> environment =
                Map.of("NETVERDICT_RING", "2GiB", "NETVERDICT_KEEP", "2d");
        Configuration configuration = of(flags, environment, "ring: 3GiB\nkeep: 3d\nsettle: 3s\n");

        assertEquals(1L << 30, configuration.get(Settings.RING));
        assertEquals("--ring", configuration.value(Settings.RING).origin().toString());
        assertEquals(2, configuration.get(Settings.KEEP).toDays());
        assertEquals("NETVERDICT_KEEP", configuration.value(Settings.KEEP).origin().toString());
        assertEquals(3, configuration.get(Settings.SETTLE).toSeconds());
        assertEquals(PATH + ":3", configuration.value(Settings.SETTLE).origin().toString());
        assertEquals(2L << 30, configuration.get(Settings.KEEP_BYTES));
        assertEquals("default", configuration.value(Settings.KEEP_BYTES).origin().toString());
    }

    @Test
    void shouldReadListsHoweverTheyAreWritten() throws Exception {
        List<String> both = List.of("eth0", "wg0");
        String sequence = "interface:\n  - eth0\n  - wg0\n";
        Map<String, String> environment = Map.of("NETVERDICT_INTERFACE", "eth0, wg0");

        assertEquals(
                List.of("eth0"),
                of(Map.of(), Map.of(), "interface: eth0").get(Settings.INTERFACES));
        assertEquals(
                both, of(Map.of(), Map.of(), "interface: [eth0, wg0]").get(Settings.INTERFACES));
        assertEquals(both, of(Map.of(), Map.of(), sequence).get(Settings.INTERFACES));
        assertEquals(both, of(Map.of(), environment, "").get(Settings.INTERFACES));
    }

    @Test
    void shouldNameLineAndNearestNameOfAnUnknownSetting() {
        assertEquals(
                List.of(PATH + ":2: there is no setting 'kep-bytes'; did you mean keep-bytes?"),
                problems(Map.of(), "ring: 1GiB\nkep-bytes: 7d\n"));
        assertEquals(
                List.of(
                        PATH
                                + ":1: there is no setting 'colour-scheme'; netverdict config lists"
                                + " them"),
                problems(Map.of(), "colour-scheme: dark\n"));
    }

    @Test
    void shouldTellEverythingThatIsWrongAtOnce() {
        List<String> problems =
                problems(
                        Map.of("NETVERDICT_KEEP", "forever"),
                        "ring: 1MiB\nring: 1GiB\nlisten:\n  port: 1\nsnaplen: 0\n");

        assertEquals(
                List.of(
                        PATH + ":2: ring was set in line 1 already",
                        PATH + ":3: listen has one value, no names below it",
                        PATH + ":1: ring '1MiB' is no size from 8MiB up",
                        PATH + ":5: snaplen '0' is no number from 1 to 262144",
                        "NETVERDICT_KEEP: keep 'forever' is no duration; one is 30d"),
                problems);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ring: [1GiB|:1:",
                "just words|:1: must be lines",
                "ring: 1GiB\\n\\tkeep: 1d|:2:",
                "- ring|:1: must be lines",
                "ring: &a 1GiB\\nring2: *b|:2: there is no setting 'ring2'; did you mean ring?"
            })
    void shouldSayWhereAFileIsNoConfiguration(String text, String expected) {
        List<String> problems = problems(Map.of(), text.replace("\\n", "\n").replace("\\t", "\t"));

        assertTrue(problems.toString().contains(PATH + expected), problems.toString());
    }

    @ParameterizedTest
    @CsvSource({"''", "'# ring: 1GiB'", "'---'"})
    void shouldTakeAnEmptyFile(String text) throws Exception {
        assertEquals(256L << 20, of(Map.of(), Map.of(), text).get(Settings.RING));
    }

    @Test
    void shouldTakeWordsThatYamlWouldReadAsTruth() throws Exception {
        Configuration configuration = of(Map.of(), Map.of(), "cutoff: off\n");

        assertEquals("off", configuration.value(Settings.CUTOFF).text());
    }

    @Test
    void shouldNoteVariablesThatAreAlmostSettings() throws Exception {
        Configuration configuration =
                of(Map.of(), Map.of("NETVERDICT_RIGN", "1", "NETVERDICT_CONFIG", "x"), "");

        assertEquals(
                List.of("NETVERDICT_RIGN sets nothing; NETVERDICT_RING would"),
                configuration.notes());
    }

    @Test
    void shouldGiveEverySettingItsOwnNameFlagAndHelp() {
        Set<String> names = new HashSet<>();
        for (Setting<?> setting : Settings.all()) {
            assertTrue(names.add(setting.name()), setting.name());
            assertTrue(setting.name().matches("[a-z]+(-[a-z]+)*"), setting.name());
            setting.flags().forEach(flag -> assertTrue(names.add(flag), flag));
            assertTrue(setting.help().endsWith("."), setting.name());
        }
    }

    @Test
    void shouldMakeTheServicesSettings() throws Exception {
        ServiceSettings settings =
                ServiceSettings.of(of(Map.of(), Map.of(), "ring: 8MiB\nlisten: '[::1]:9000'\n"));

        assertEquals(8L << 20, settings.recorder().ringBytes());
        assertEquals(9000, settings.listen().getPort());
        assertTrue(settings.listen().getAddress().isLoopbackAddress());
        assertNull(ConfigFile.NONE.path());
    }
}
