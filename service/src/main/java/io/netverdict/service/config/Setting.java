package io.netverdict.service.config;

import java.util.List;
import java.util.Locale;

/**
 * One thing that can be set. Its name gives the flag {@code --kernel-buffer}, the environment
 * variable {@code NETVERDICT_KERNEL_BUFFER} and the file's key {@code kernel-buffer}.
 *
 * @param name lower case, words joined by {@code -}
 * @param defaultText the value where nobody says any, as it would be written
 * @param flags how the command line names it, shortest first
 * @param help one or two sentences for people, without the default
 */
public record Setting<T>(
        String name, SettingType<T> type, String defaultText, List<String> flags, String help) {
    static final String VARIABLE_PREFIX = "NETVERDICT_";

    /** Throws IllegalArgumentException where the default is no value of the type. */
    public Setting {
        flags = List.copyOf(flags);
        type.parse(defaultText);
    }

    static <T> Setting<T> of(String name, SettingType<T> type, String defaultText, String help) {
        return new Setting<>(name, type, defaultText, List.of("--" + name), help);
    }

    /** The same with flags of its own. */
    Setting<T> withFlags(String... names) {
        return new Setting<>(name, type, defaultText, List.of(names), help);
    }

    /** The environment variable that sets it. */
    public String variable() {
        return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Help and default, for a usage message or a file's comment. */
    public String description() {
        return defaultText.isEmpty() ? help : help + " Default: " + defaultText + ".";
    }
}
