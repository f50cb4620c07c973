package io.netverdict.hook.aws;

import io.netverdict.hook.NetverdictReporter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Reports calls of the AWS SDK that fail, once for a call, with all requests that the SDK made for
 * it: retries, and those to another region's host after a redirect.
 *
 * <p>An answer with a status below 500 is an answer; 5xx after all retries is a failure.
 * Thread-safe.
 */
public final class ReportingExecutionInterceptor implements ExecutionInterceptor {
    private static final ExecutionAttribute<ApiCall> CALL =
            new ExecutionAttribute<>("io.netverdict.ApiCall");
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_CLIENT_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    private final NetverdictReporter reporter;
    private final RedirectedCalls redirected = new RedirectedCalls();

    /** Reports through {@link NetverdictReporter#shared}: the SDK can make one by its name. */
    public ReportingExecutionInterceptor() {
        this(NetverdictReporter.shared());
    }

    public ReportingExecutionInterceptor(NetverdictReporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        ApiCall call = new ApiCall();
        ApiCall earlier = redirected.take(context.request());
        if (earlier != null) {
            call.goOnFrom(earlier);
        }
        attributes.putAttribute(CALL, call);
    }

    @Override
    public void beforeTransmission(
            Context.BeforeTransmission context, ExecutionAttributes attributes) {
        call(attributes).sending(context.httpRequest());
    }

    @Override
    public void afterTransmission(
            Context.AfterTransmission context, ExecutionAttributes attributes) {
        call(attributes).answered(context.httpResponse().statusCode());
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        ApiCall call = call(attributes);
        return context.responseBody()
                .map(body -> new AbortableBody(body, e -> bodyFailed(call, e, attributes)));
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        call(attributes).finish();
    }

    @Override
    public void onExecutionFailure(
            Context.FailedExecution context, ExecutionAttributes attributes) {
        Throwable failure = context.exception();
        if (failure instanceof AbortedException) {
            return;
        }
        ApiCall call = call(attributes);
        if (failure instanceof SdkServiceException answer) {
            boolean redirect =
                    answer.statusCode() >= FIRST_REDIRECT
                            && answer.statusCode() < FIRST_CLIENT_ERROR;
            if (redirect) {
                redirected.keep(context.request(), call);
            }
            if (answer.statusCode() < FIRST_SERVER_ERROR) {
                return;
            }
        }
        report(call, failure, attributes);
    }

    /** The application reads the body, after the SDK has done its part. */
    private void bodyFailed(ApiCall call, IOException failure, ExecutionAttributes attributes) {
        if (call.isFinished()) {
            report(call, failure, attributes);
        }
    }

    private void report(ApiCall call, Throwable failure, ExecutionAttributes attributes) {
        reporter.report(
                () ->
                        call.failed(
                                failure,
                                attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                                attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)));
    }

    private static ApiCall call(ExecutionAttributes attributes) {
        ApiCall call = attributes.getAttribute(CALL);
        return call == null ? new ApiCall() : call;
    }
}
