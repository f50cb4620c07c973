package io.netverdict.service.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of settings: YAML, one level of {@code name: value}, a value being a scalar or a sequence
 * of scalars. Immutable.
 */
public final class ConfigFile {
    /** Read where no other file is named, if it exists. */
    public static final Path DEFAULT = Path.of("/etc/netverdict/netverdict.yaml");

    /** No file at all. */
    public static final ConfigFile NONE = new ConfigFile(null, Map.of(), List.of());

    private static final Pattern LINE = Pattern.compile("line (\\d+), column");

    private final Path path;
    private final Map<String, Entry> entries;
    private final List<String> problems;

    private ConfigFile(Path path, Map<String, Entry> entries, List<String> problems) {
        this.path = path;
        this.entries = Collections.unmodifiableMap(entries);
        this.problems = List.copyOf(problems);
    }

    /**
     * A value as it is written.
     *
     * @param text items of a sequence are separated by commas
     * @param line from 1
     */
    record Entry(String text, int line) {}

    /**
     * Reads a file. What is wrong inside is told by {@link #problems()}.
     *
     * @throws ConfigurationException where there is no such file or it cannot be read
     */
    public static ConfigFile read(Path path) throws ConfigurationException {
        String text;
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(List.of(path + ": no such file"));
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of(path + " cannot be read: " + e.getClass().getSimpleName()));
        }
        return parse(path, text);
    }

    /** Reads the default file; {@link #NONE} where there is none. */
    public static ConfigFile readDefault() throws ConfigurationException {
        return Files.exists(DEFAULT) ? read(DEFAULT) : NONE;
    }

    static ConfigFile parse(Path path, String text) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        try (JsonParser yaml = new YAMLFactory().createParser(text)) {
            JsonToken first = yaml.nextToken();
            if (first == JsonToken.START_OBJECT) {
                readEntries(yaml, path, entries, problems);
            } else if (first != null && !yaml.getText().isEmpty()) {
                problems.add(path + ":1: must be lines of name: value");
            }
        } catch (JsonProcessingException e) {
            problems.add(path + ":" + notYaml(e));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new ConfigFile(path, entries, problems);
    }

    /** Line and problem; the parser's own location is where it began to read the token. */
    private static String notYaml(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        Matcher marks = LINE.matcher(message);
        String line = "1";
        while (marks.find()) {
            line = marks.group(1);
        }
        String problem =
                message.lines()
                        .map(String::strip)
                        .filter(text -> text.startsWith("found") || text.startsWith("expected"))
                        .findFirst()
                        .orElse(message.lines().findFirst().orElse("").strip());
        return line + ": is no YAML: " + problem;
    }

    private static void readEntries(
            JsonParser yaml, Path path, Map<String, Entry> entries, List<String> problems)
            throws IOException {
        while (yaml.nextToken() == JsonToken.FIELD_NAME) {
            String name = yaml.currentName();
            int line = yaml.currentTokenLocation().getLineNr();
            JsonToken value = yaml.nextToken();
            String place = path + ":" + line + ": " + name;
            Entry entry = null;
            if (value == JsonToken.START_ARRAY) {
                entry = new Entry(readItems(yaml, place, problems), line);
            } else if (value == JsonToken.START_OBJECT) {
                yaml.skipChildren();
                problems.add(place + " has one value, no names below it");
            } else {
                entry = new Entry(value == JsonToken.VALUE_NULL ? "" : yaml.getText(), line);
            }
            Entry before = entry == null ? null : entries.putIfAbsent(name, entry);
            if (before != null) {
                problems.add(place + " was set in line " + before.line() + " already");
            }
        }
    }

    private static String readItems(JsonParser yaml, String place, List<String> problems)
            throws IOException {
        List<String> items = new ArrayList<>();
        for (JsonToken item = yaml.nextToken();
                item != null && item != JsonToken.END_ARRAY;
                item = yaml.nextToken()) {
            if (item.isStructStart()) {
                yaml.skipChildren();
                problems.add(place + " is a list of plain values");
            } else {
                items.add(yaml.getText());
            }
        }
        return String.join(",", items);
    }

    /** The file, or null where none was read. */
    public Path path() {
        return path;
    }

    Optional<Entry> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** What is wrong with the file, whatever the values. */
    List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        List<String> names = Settings.all().stream().map(Setting::name).toList();
        entries.forEach(
                (name, entry) -> {
                    if (!names.contains(name)) {
                        all.add(
                                path
                                        + ":"
                                        + entry.line()
                                        + ": there is no setting '"
                                        + name
                                        + "'"
                                        + NearestName.of(name, names)
                                                .map(near -> "; did you mean " + near + "?")
                                                .orElse("; netverdict config lists them"));
                    }
                });
        return all;
    }
}
