package io.netverdict.service.cli;

import io.netverdict.service.config.Configuration;
import io.netverdict.service.config.ConfigurationException;
import io.netverdict.service.config.Setting;
import io.netverdict.service.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Gives a command an option for each setting of the service, and {@code --config}. To be named as
 * the command's {@code modelTransformer}.
 */
final class SettingOptions implements IModelTransformer {
    private static final String CONFIG = "--config";

    @Override
    public CommandSpec transform(CommandSpec command) {
        Settings.SERVICE.forEach(setting -> command.addOption(option(setting)));
        return command.addOption(config());
    }

    private static OptionSpec config() {
        return OptionSpec.builder(CONFIG)
                .paramLabel("FILE")
                .type(Path.class)
                .description(
                        "A file with settings. Default: NETVERDICT_CONFIG in the environment,"
                                + " else /etc/netverdict/netverdict.yaml if it exists.")
                .build();
    }

    private static OptionSpec option(Setting<?> setting) {
        OptionSpec.Builder option =
                OptionSpec.builder(setting.flags().toArray(String[]::new))
                        .paramLabel(setting.type().label())
                        .converters(text -> checked(setting, text))
                        .description(setting.description());
        return switch (setting.type().kind()) {
            case SINGLE -> option.type(String.class).build();
            case LIST -> option.type(List.class).auxiliaryTypes(String.class).build();
            case SWITCH -> option.type(String.class).arity("0..1").fallbackValue("on").build();
        };
    }

    private static String checked(Setting<?> setting, String text) {
        try {
            setting.type().parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** The configuration of a command that has these options. */
    static Configuration configuration(CommandSpec command) {
        Map<Setting<?>, String> flags = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.SERVICE) {
            Object given = command.findOption(setting.flags().get(0)).getValue();
            if (given instanceof List<?> list) {
                flags.put(setting, String.join(",", list.stream().map(Object::toString).toList()));
            } else if (given != null) {
                flags.put(setting, given.toString());
            }
        }
        return load(flags, command.findOption(CONFIG).getValue());
    }

    /** The configuration; settings that cannot be used end the command. */
    static Configuration load(Map<Setting<?>, String> flags, Path file) {
        try {
            return Configuration.load(flags, file);
        } catch (ConfigurationException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }
}
