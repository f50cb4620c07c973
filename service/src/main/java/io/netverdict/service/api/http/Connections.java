package io.netverdict.service.api.http;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** What HTTP handlers cannot say in servlet terms. */
public final class Connections {
    private Connections() {}

    /** Ends the connection of a request at once, also while another thread writes to it. */
    public static void end(Context context) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }
}
