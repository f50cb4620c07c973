package io.netverdict.hook.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import io.netverdict.hook.NetverdictReporter;
import io.netverdict.hook.ReporterBuilder;
import io.netverdict.hook.support.LoggedFailures;
import java.time.Duration;
import java.util.Iterator;

/**
 * Stands before other appenders: reports logged exceptions of failed requests that no adapter has
 * reported, and gives events whose exception carries a hint the logging context {@code
 * netverdict.cause} and {@code netverdict.incident}. For programs that only log; needs no change of
 * their code.
 */
public final class NetverdictAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderAttachable<ILoggingEvent> {
    private final AppenderAttachableImpl<ILoggingEvent> appenders = new AppenderAttachableImpl<>();
    private String serviceUrl;
    private long waitMillis;
    private NetverdictReporter reporter;
    private boolean ownReporter;

    /** Where the service listens; the environment's or the default where not set. */
    public void setServiceUrl(String url) {
        serviceUrl = url;
    }

    /** How long logging an exception may wait for its hint; 0 unless set. */
    public void setWaitMillis(long millis) {
        waitMillis = millis;
    }

    @Override
    public void start() {
        try {
            ownReporter = serviceUrl != null || waitMillis > 0;
            reporter = ownReporter ? configured() : NetverdictReporter.shared();
        } catch (IllegalArgumentException unusable) {
            addError("failures are not reported: " + unusable.getMessage());
        }
        super.start();
    }

    private NetverdictReporter configured() {
        ReporterBuilder builder = NetverdictReporter.builder();
        if (serviceUrl != null) {
            builder.serviceUrl(serviceUrl);
        }
        return builder.waitForHint(Duration.ofMillis(waitMillis)).build();
    }

    @Override
    public void stop() {
        if (isStarted() && ownReporter && reporter != null) {
            reporter.close();
        }
        appenders.detachAndStopAllAppenders();
        super.stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
        appenders.appendLoopOnAppenders(shown(event));
    }

    private ILoggingEvent shown(ILoggingEvent event) {
        if (!(event.getThrowableProxy() instanceof ThrowableProxy proxy)) {
            return event;
        }
        try {
            Throwable error = proxy.getThrowable();
            if (reporter != null) {
                LoggedFailures.report(
                        reporter, event.getLoggerName(), event.getFormattedMessage(), error);
            }
            return LoggedFailures.hintOf(error)
                    .<ILoggingEvent>map(found -> new HintedEvent(event, error, found.hint()))
                    .orElse(event);
        } catch (RuntimeException ofAnException) {
            // The event goes on as it is: no hint is worth a lost line.
            addWarn("no hint", ofAnException);
            return event;
        }
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> appender) {
        appenders.addAppender(appender);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return appenders.iteratorForAppenders();
    }

    @Override
    public Appender<ILoggingEvent> getAppender(String name) {
        return appenders.getAppender(name);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> appender) {
        return appenders.isAttached(appender);
    }

    @Override
    public void detachAndStopAllAppenders() {
        appenders.detachAndStopAllAppenders();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> appender) {
        return appenders.detachAppender(appender);
    }

    @Override
    public boolean detachAppender(String name) {
        return appenders.detachAppender(name);
    }
}
