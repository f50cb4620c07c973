package io.netverdict.service.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import io.netverdict.correlator.model.ContractJson;
import java.io.UncheckedIOException;

/** JSON answers. */
final class Json {
    static final String MEDIA_TYPE = "application/json";

    private Json() {}

    static void answer(Context context, int status, Object body) {
        context.status(status).contentType(MEDIA_TYPE).result(bytes(body));
    }

    static byte[] bytes(Object body) {
        try {
            return ContractJson.mapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
