package io.netverdict.service.api.http;

import io.javalin.http.Context;
import io.netverdict.service.api.route.Problem;
import java.util.List;

/** A request that is answered with a problem document (RFC 9457). */
public final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int RETRY_AFTER_SECONDS = 1;

    private final transient Problem problem;
    private final boolean retry;

    /**
     * @param title what kind of problem, the same at every occurrence
     * @param detail what is wrong this time and what to do
     */
    public ApiProblem(int status, String title, String detail) {
        this(Problem.of(status, title, detail), false);
    }

    private ApiProblem(Problem problem, boolean retry) {
        super(problem.detail());
        this.problem = problem;
        this.retry = retry;
    }

    /**
     * A body that cannot be understood.
     *
     * @param field the JSON field at fault; empty for the body itself
     * @param pointer the field as a JSON pointer
     */
    public static ApiProblem ofField(String title, String detail, String field, String pointer) {
        Problem.Fault fault = new Problem.Fault("#" + pointer, null, detail);
        String named = field.isEmpty() ? null : field;
        String at = field.isEmpty() ? null : pointer;
        return new ApiProblem(
                new Problem("about:blank", title, 400, detail, named, at, List.of(fault)), false);
    }

    /** A query parameter or header that cannot be understood. */
    public static ApiProblem ofParameter(String name, String problem) {
        String detail = "query parameter \"" + name + "\" " + problem;
        Problem.Fault fault = new Problem.Fault(null, name, detail);
        return new ApiProblem(
                new Problem(
                        "about:blank", "Malformed query", 400, detail, name, null, List.of(fault)),
                false);
    }

    /** Too much at once; the client is told to come back. */
    public static ApiProblem busy(int status, String title, String detail) {
        return new ApiProblem(Problem.of(status, title, detail + "; try again later"), true);
    }

    public static ApiProblem notFound(String what) {
        return new ApiProblem(404, "Not found", what);
    }

    /** Answers with this problem. */
    public void answer(Context context) {
        if (retry) {
            context.header("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
        }
        context.status(problem.status())
                .contentType(Problem.MEDIA_TYPE)
                .result(Json.bytes(problem));
    }
}
