package io.netverdict.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import io.netverdict.correlator.model.ContractJson;
import java.io.UncheckedIOException;

/** A request that is answered with a problem document (RFC 9457). */
final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String MEDIA_TYPE = "application/problem+json";
    private static final int RETRY_AFTER_SECONDS = 1;

    private final int status;
    private final String title;
    private final String field;
    private final String pointer;
    private int retryAfterSeconds;

    /**
     * @param title what kind of problem, the same at every occurrence
     * @param detail what is wrong this time and what to do
     */
    ApiProblem(int status, String title, String detail) {
        this(status, title, detail, null, null);
    }

    /**
     * @param field the JSON field or query parameter at fault, or null
     * @param pointer the field as a JSON pointer, or null
     */
    ApiProblem(int status, String title, String detail, String field, String pointer) {
        super(detail);
        this.status = status;
        this.title = title;
        this.field = field;
        this.pointer = pointer;
    }

    /** A query parameter that cannot be understood. */
    static ApiProblem ofParameter(String name, String problem) {
        return new ApiProblem(
                400, "Malformed query", "query parameter \"" + name + "\" " + problem, name, null);
    }

    /** Too much at once; the client is told to come back. */
    static ApiProblem busy(int status, String title, String detail) {
        ApiProblem problem = new ApiProblem(status, title, detail + "; try again later");
        problem.retryAfterSeconds = RETRY_AFTER_SECONDS;
        return problem;
    }

    static ApiProblem notFound(String what) {
        return new ApiProblem(404, "Not found", what);
    }

    /** The document; null members are left out. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Document(
            String type, String title, int status, String detail, String field, String pointer) {}

    /** Answers with this problem. */
    void answer(Context context) {
        Document document =
                new Document("about:blank", title, status, getMessage(), field, pointer);
        if (retryAfterSeconds > 0) {
            context.header("Retry-After", String.valueOf(retryAfterSeconds));
        }
        try {
            context.status(status)
                    .contentType(MEDIA_TYPE)
                    .result(ContractJson.mapper().writeValueAsBytes(document));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
