package io.netverdict.service.api.route;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One call of the API: how it is reached, what it takes and answers, and what handles it.
 *
 * @param id unique, lower camel case
 * @param body what the request's JSON is read as, or null
 */
public record Route(
        HandlerType method,
        String path,
        String id,
        String summary,
        List<Parameter> parameters,
        Class<?> body,
        List<Answer> answers,
        Handler handler) {
    public static final String JSON = "application/json";
    private static final int FIRST_FAILURE = 400;

    public Route {
        parameters = List.copyOf(parameters);
        answers = List.copyOf(answers);
    }

    public static Builder get(String path, String id, String summary) {
        return new Builder(HandlerType.GET, path, id, summary);
    }

    public static Builder post(String path, String id, String summary) {
        return new Builder(HandlerType.POST, path, id, summary);
    }

    /** Whether a request's path is one of this route. */
    public boolean isAt(String requested) {
        String pattern =
                Pattern.compile("\\{\\w+}")
                        .splitAsStream(path)
                        .map(Pattern::quote)
                        .reduce((before, after) -> before + "[^/]+" + after)
                        .orElseThrow();
        return Pattern.matches(pattern, requested);
    }

    /** Media types of its answers that are no failures. */
    public List<String> mediaTypes() {
        return answers.stream()
                .filter(answer -> answer.status() < FIRST_FAILURE && answer.mediaType() != null)
                .map(Answer::mediaType)
                .distinct()
                .toList();
    }

    /** Puts a route together. */
    public static final class Builder {
        private final HandlerType method;
        private final String path;
        private final String id;
        private final String summary;
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<Answer> answers = new ArrayList<>();
        private Class<?> body;

        private Builder(HandlerType method, String path, String id, String summary) {
            this.method = method;
            this.path = path;
            this.id = id;
            this.summary = summary;
        }

        public Builder takes(Parameter parameter) {
            parameters.add(parameter);
            return this;
        }

        public Builder body(Class<?> type) {
            body = type;
            return this;
        }

        /** Answers with JSON. */
        public Builder answers(int status, String description, Type type) {
            return answers(status, description, type, Map.of());
        }

        public Builder answers(
                int status, String description, Type type, Map<String, String> headers) {
            answers.add(new Answer(status, description, JSON, type, headers));
            return this;
        }

        /** Answers with something that is no JSON. */
        public Builder answersFile(int status, String description, String mediaType) {
            answers.add(new Answer(status, description, mediaType, null, Map.of()));
            return this;
        }

        /** Answers with a status alone. */
        public Builder answersNothing(int status, String description) {
            answers.add(new Answer(status, description, null, null, Map.of()));
            return this;
        }

        /** Answers with a problem document. */
        public Builder refuses(int status, String description) {
            answers.add(
                    new Answer(status, description, Problem.MEDIA_TYPE, Problem.class, Map.of()));
            return this;
        }

        public Route handledBy(Handler handler) {
            return new Route(method, path, id, summary, parameters, body, answers, handler);
        }
    }
}
