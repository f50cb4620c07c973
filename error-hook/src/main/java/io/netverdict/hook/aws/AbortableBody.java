package io.netverdict.hook.aws;

import io.netverdict.hook.support.ReportingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import software.amazon.awssdk.http.Abortable;

/** A response's body that tells of its failure and can still be given up. */
final class AbortableBody extends ReportingInputStream implements Abortable {
    AbortableBody(InputStream body, Consumer<IOException> onFailure) {
        super(body, onFailure);
    }

    @Override
    public void abort() {
        if (in instanceof Abortable body) {
            body.abort();
        }
    }
}
