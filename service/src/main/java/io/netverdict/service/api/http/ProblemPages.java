package io.netverdict.service.api.http;

import io.netverdict.service.api.route.Problem;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problem documents for what the server refuses before any route sees it. */
public final class ProblemPages extends ErrorHandler {
    private static final HttpField CONTENT_TYPE =
            new HttpField(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            String message,
            Throwable cause,
            Callback callback) {
        response.getHeaders().put(CONTENT_TYPE);
        response.write(true, ByteBuffer.wrap(document(status, message)), callback);
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    private static byte[] document(int status, String message) {
        String title = HttpStatus.getMessage(status);
        return Json.bytes(Problem.of(status, title, message == null ? title : message));
    }
}
