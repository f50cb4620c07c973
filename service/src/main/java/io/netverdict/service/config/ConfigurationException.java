package io.netverdict.service.config;

import java.util.List;

/** Settings that cannot be used; each problem is a sentence that says where and what to do. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConfigurationException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each problem by itself, at least one. */
    public List<String> problems() {
        return problems;
    }
}
