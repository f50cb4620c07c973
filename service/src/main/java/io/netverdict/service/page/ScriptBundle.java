package io.netverdict.service.page;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts ES modules into one script, each in a function of its own, those that are imported first.
 *
 * <p>It understands what this project's modules use and refuses the rest: {@code import {a, b} from
 * './x.js';} and {@code export} before a function, class, const or let. No cycles. Not thread-safe.
 */
final class ScriptBundle {
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import \\{([\\w$,\\s]+)} from '\\./([\\w-]+)\\.js';\\R?");
    private static final Pattern EXPORT =
            Pattern.compile(
                    "(?m)^export (?=(?:async )?(?:function|class|const|let)\\*? ([\\w$]+))");
    private static final Pattern LEFT_OVER =
            Pattern.compile("(?m)^\\s*(?:import\\b.*|export\\b.*)$");

    private final Function<String, String> source;
    private final Map<String, String> done = new LinkedHashMap<>();
    private final StringJoiner path = new StringJoiner(" → ");

    /**
     * @param source the text of a module by its name, without {@code .js}
     */
    ScriptBundle(Function<String, String> source) {
        this.source = source;
    }

    /** The script that does what loading this module would. */
    String of(String entry) {
        add(entry, 0);
        StringBuilder script = new StringBuilder("'use strict';(() => {\n");
        done.values().forEach(script::append);
        return script.append("})();\n").toString();
    }

    private void add(String name, int depth) {
        if (done.containsKey(name)) {
            return;
        }
        path.add(name);
        if (depth > 50) {
            throw new IllegalArgumentException("modules import each other: " + path);
        }
        String text = source.apply(name);
        StringBuilder imports = new StringBuilder();
        Matcher matcher = IMPORT.matcher(text);
        while (matcher.find()) {
            add(matcher.group(2), depth + 1);
            imports.append("const {")
                    .append(matcher.group(1).strip())
                    .append("} = ")
                    .append(variable(matcher.group(2)))
                    .append(";\n");
        }
        String body = IMPORT.matcher(text).replaceAll("");
        StringJoiner exports = new StringJoiner(", ", "return {", "};\n");
        Matcher exported = EXPORT.matcher(body);
        while (exported.find()) {
            exports.add(exported.group(1));
        }
        body = EXPORT.matcher(body).replaceAll("");
        Matcher leftOver = LEFT_OVER.matcher(body);
        if (leftOver.find()) {
            throw new IllegalArgumentException(
                    name + ".js has a form that is not understood: " + leftOver.group().strip());
        }
        done.put(
                name,
                "const " + variable(name) + " = (() => {\n" + imports + body + exports + "})();\n");
    }

    private static String variable(String module) {
        return "$" + module.replace('-', '_');
    }
}
