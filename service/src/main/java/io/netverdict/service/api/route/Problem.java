package io.netverdict.service.api.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document; null members are left out.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        @JsonPropertyDescription("about:blank: the status says what kind it is.") String type,
        @JsonPropertyDescription("What kind of problem, the same at every occurrence.")
                String title,
        @JsonPropertyDescription("The HTTP status.") int status,
        @JsonPropertyDescription("What is wrong this time and what to do.") String detail,
        @JsonPropertyDescription("The JSON field or query parameter at fault.")
                @Nullable String field,
        @JsonPropertyDescription("The field as a JSON pointer.") @Nullable String pointer,
        @JsonPropertyDescription("Every place at fault.") @Nullable List<Fault> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** One place at fault. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Fault(
            @JsonPropertyDescription("In the body: a JSON pointer as a URI fragment.")
                    @Nullable String pointer,
            @JsonPropertyDescription("The query parameter or header.") @Nullable String parameter,
            @JsonPropertyDescription("What is wrong there.") String detail) {}

    public static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null, null, null);
    }
}
