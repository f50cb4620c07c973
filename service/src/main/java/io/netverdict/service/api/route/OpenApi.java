package io.netverdict.service.api.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netverdict.correlator.model.ContractJson;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;

/**
 * Describes routes as an OpenAPI document.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI 3.1</a>
 */
public final class OpenApi {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonSchemas schemas = new JsonSchemas();

    private OpenApi() {}

    /** The document. */
    public static JsonNode describe(List<Route> routes, String version) {
        return new OpenApi().document(routes, version);
    }

    private ObjectNode document(List<Route> routes, String version) {
        ObjectNode document = NODES.objectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Netverdict")
                .put("version", version)
                .put(
                        "description",
                        "Takes error reports of HTTP clients and answers with verdicts and the"
                                + " packets that prove them.");
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            String method = route.method().name().toLowerCase(Locale.ROOT);
            paths.withObjectProperty(route.path()).set(method, operation(route));
        }
        document.putObject("components").set("schemas", schemas.definitions());
        return document;
    }

    private ObjectNode operation(Route route) {
        ObjectNode operation =
                NODES.objectNode().put("operationId", route.id()).put("summary", route.summary());
        if (!route.parameters().isEmpty()) {
            ArrayNode parameters = operation.putArray("parameters");
            route.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
        }
        if (route.body() != null) {
            ObjectNode body = operation.putObject("requestBody").put("required", true);
            content(body, Route.JSON, route.body());
        }
        ObjectNode responses = operation.putObject("responses");
        for (Answer answer : route.answers()) {
            addTo(responses.withObjectProperty(String.valueOf(answer.status())), answer);
        }
        ObjectNode other = responses.putObject("default").put("description", "Any other problem.");
        content(other, Problem.MEDIA_TYPE, Problem.class);
        return operation;
    }

    private ObjectNode parameter(Parameter parameter) {
        ObjectNode described =
                NODES.objectNode()
                        .put("name", parameter.name())
                        .put("in", parameter.in().code())
                        .put("description", parameter.description());
        if (parameter.in() == Parameter.In.PATH) {
            described.put("required", true);
        }
        ObjectNode schema = schemas.of(parameter.type());
        parameter
                .constraints()
                .forEach(
                        (name, value) ->
                                schema.set(name, ContractJson.mapper().valueToTree(value)));
        described.set("schema", schema);
        return described;
    }

    /** A second answer of the same status adds its media type. */
    private void addTo(ObjectNode response, Answer answer) {
        if (!response.has("description")) {
            response.put("description", answer.description());
        }
        if (!answer.headers().isEmpty()) {
            ObjectNode headers = response.putObject("headers");
            answer.headers()
                    .forEach(
                            (name, description) ->
                                    headers.putObject(name)
                                            .put("description", description)
                                            .set("schema", schemas.of(String.class)));
        }
        if (answer.mediaType() != null) {
            content(response, answer.mediaType(), answer.type());
        }
    }

    private void content(ObjectNode holder, String mediaType, Type type) {
        ObjectNode media = holder.withObjectProperty("content").withObjectProperty(mediaType);
        if (media.has("schema")) {
            JsonNode first = media.remove("schema");
            media.putObject("schema").putArray("anyOf").add(first).add(schemas.of(type));
        } else if (type != null) {
            media.set("schema", schemas.of(type));
        } else if (mediaType.startsWith("text/")) {
            media.set("schema", schemas.of(String.class));
        }
    }
}
