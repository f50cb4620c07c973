package io.netverdict.service.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The value of every setting and where it comes from: a flag, else an environment variable, else
 * the file, else the default. All values are valid. Immutable.
 */
public final class Configuration {
    private static final String FILE_VARIABLE = Setting.VARIABLE_PREFIX + "CONFIG";

    private final ConfigFile file;
    private final Map<Setting<?>, Value<?>> values;
    private final List<String> notes;

    private Configuration(ConfigFile file, Map<Setting<?>, Value<?>> values, List<String> notes) {
        this.file = file;
        this.values = values;
        this.notes = List.copyOf(notes);
    }

    /**
     * A setting's value.
     *
     * @param text as written where it comes from
     */
    public record Value<T>(Setting<T> setting, String text, T value, Origin origin) {}

    /** A text and where it stands. */
    private record Source(String text, Origin origin) {}

    /**
     * Puts together this process's configuration.
     *
     * @param flags what the command line says
     * @param file the file it names; null for {@code NETVERDICT_CONFIG}, else the default one if
     *     there is any
     * @throws ConfigurationException with everything that is wrong
     */
    public static Configuration load(Map<Setting<?>, String> flags, Path file)
            throws ConfigurationException {
        Map<String, String> environment = System.getenv();
        String named = environment.get(FILE_VARIABLE);
        Path path = file != null || named == null ? file : Path.of(named);
        return of(
                flags,
                environment,
                path == null ? ConfigFile.readDefault() : ConfigFile.read(path));
    }

    /** Puts together a configuration from its sources. */
    static Configuration of(
            Map<Setting<?>, String> flags, Map<String, String> environment, ConfigFile file)
            throws ConfigurationException {
        List<String> problems = new ArrayList<>(file.problems());
        Map<Setting<?>, Value<?>> values = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.all()) {
            Source source = source(setting, flags, environment, file);
            try {
                values.put(setting, value(setting, source));
            } catch (IllegalArgumentException e) {
                problems.add(source.origin() + ": " + setting.name() + " " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Configuration(file, values, unknownVariables(environment));
    }

    private static Source source(
            Setting<?> setting,
            Map<Setting<?>, String> flags,
            Map<String, String> environment,
            ConfigFile file) {
        String flag = flags.get(setting);
        if (flag != null) {
            String name = setting.flags().get(setting.flags().size() - 1);
            return new Source(flag, new Origin(Origin.Kind.FLAG, name));
        }
        String variable = environment.get(setting.variable());
        if (variable != null) {
            return new Source(variable, new Origin(Origin.Kind.ENVIRONMENT, setting.variable()));
        }
        return file.entry(setting.name())
                .map(
                        entry ->
                                new Source(
                                        entry.text(),
                                        new Origin(
                                                Origin.Kind.FILE,
                                                file.path() + ":" + entry.line())))
                .orElse(new Source(setting.defaultText(), Origin.DEFAULT));
    }

    private static <T> Value<T> value(Setting<T> setting, Source source) {
        T value = setting.type().parse(source.text());
        return new Value<>(setting, source.text(), value, source.origin());
    }

    /** Variables that look like settings and are none are no errors: hooks have theirs too. */
    private static List<String> unknownVariables(Map<String, String> environment) {
        List<String> known = Settings.all().stream().map(Setting::variable).toList();
        List<String> notes = new ArrayList<>();
        for (String name : environment.keySet()) {
            if (name.startsWith(Setting.VARIABLE_PREFIX)
                    && !known.contains(name)
                    && !name.equals(FILE_VARIABLE)) {
                NearestName.of(name, known)
                        .ifPresent(near -> notes.add(name + " sets nothing; " + near + " would"));
            }
        }
        return notes;
    }

    /** The value of a setting. */
    public <T> T get(Setting<T> setting) {
        return value(setting).value();
    }

    /** The value of a setting with its origin. */
    @SuppressWarnings("unchecked") // the map is filled with each setting's own value only
    public <T> Value<T> value(Setting<T> setting) {
        return (Value<T>) values.get(setting);
    }

    /** All values, in the order of the settings. */
    public List<Value<?>> values() {
        return List.copyOf(values.values());
    }

    /** The file that was read, or null. */
    public Path file() {
        return file.path();
    }

    /** What looks like a mistake without being an error. */
    public List<String> notes() {
        return notes;
    }
}
