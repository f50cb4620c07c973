package io.netverdict.service.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import io.netverdict.correlator.model.ContractJson;
import java.io.UncheckedIOException;

/** JSON answers. */
public final class Json {
    public static final String MEDIA_TYPE = "application/json";

    private Json() {}

    public static void answer(Context context, int status, Object body) {
        context.status(status).contentType(MEDIA_TYPE).result(bytes(body));
    }

    public static byte[] bytes(Object body) {
        try {
            return ContractJson.mapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
