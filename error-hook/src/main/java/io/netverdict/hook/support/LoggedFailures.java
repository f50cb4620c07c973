package io.netverdict.hook.support;

import io.netverdict.hook.CauseHint;
import io.netverdict.hook.FailedRequest;
import io.netverdict.hook.NetverdictReporter;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What an exception in a log is to netverdict: a failed request to report, or one with its hint.
 */
public final class LoggedFailures {
    private static final int MAX_CAUSES = 32;
    private static final String OWN_LOGGERS = "io.netverdict.hook";

    private static final List<Class<? extends Throwable>> NETWORK =
            List.of(
                    SocketException.class,
                    SocketTimeoutException.class,
                    UnknownHostException.class,
                    SSLException.class,
                    HttpTimeoutException.class,
                    ProtocolException.class,
                    ClosedChannelException.class,
                    EOFException.class,
                    UnresolvedAddressException.class);

    /** A plain IOException thrown in one of these is the network's. */
    private static final List<String> NETWORK_CODE =
            List.of(
                    "java.net.",
                    "jdk.internal.net.http.",
                    "sun.net.",
                    "sun.nio.ch.Socket",
                    "sun.security.ssl.",
                    "okhttp3.",
                    "org.apache.hc.",
                    "org.apache.http.",
                    "io.netty.channel.",
                    "software.amazon.awssdk.");

    private LoggedFailures() {}

    /** The hint that an exception or one of its causes carries. */
    public static Optional<CauseHint> hintOf(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            for (Throwable suppressed : cause.getSuppressed()) {
                if (suppressed instanceof CauseHint hint && hint.hint() != null) {
                    return Optional.of(hint);
                }
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /**
     * Reports a logged exception if it is that of a failed request and no adapter has reported it.
     *
     * @param logger that it was logged with
     * @param message that stands before it, where the URL often is
     */
    public static void report(
            NetverdictReporter reporter, String logger, String message, Throwable error) {
        if (logger != null && logger.startsWith(OWN_LOGGERS)) {
            return;
        }
        if (error != null && hintOf(error).isEmpty() && isOfTheNetwork(error)) {
            reporter.report(
                    () -> {
                        FailedRequest request = FailedRequest.of(error);
                        return request.withMessage(message + "\n" + request.message())
                                .withAttribute("logger", logger);
                    });
        }
    }

    /** Whether an exception or one of its causes says that a request failed on the network. */
    static boolean isOfTheNetwork(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            Throwable asked = cause;
            if (NETWORK.stream().anyMatch(type -> type.isInstance(asked))
                    || asked instanceof IOException && isThrownByNetworkCode(asked)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isThrownByNetworkCode(Throwable error) {
        StackTraceElement[] trace = error.getStackTrace();
        return trace.length > 0
                && NETWORK_CODE.stream().anyMatch(trace[0].getClassName()::startsWith);
    }
}
