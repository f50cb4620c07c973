package io.netverdict.hook.log4j2;

import io.netverdict.hook.Hint;
import io.netverdict.hook.NetverdictReporter;
import io.netverdict.hook.ReporterBuilder;
import io.netverdict.hook.support.LoggedFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.AppenderControl;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginConfiguration;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.apache.logging.log4j.util.StringMap;

/**
 * {@code <Netverdict>}: stands before other appenders, reports logged exceptions of failed requests
 * that no adapter has reported, and gives events whose exception carries a hint the context {@code
 * netverdict.cause} and {@code netverdict.incident}.
 */
@Plugin(name = "Netverdict", category = "Core", elementType = Appender.ELEMENT_TYPE)
public final class NetverdictLog4jAppender extends AbstractAppender {
    private final Configuration configuration;
    private final AppenderRef[] references;
    private final NetverdictReporter reporter;
    private final boolean ownReporter;
    private final List<AppenderControl> appenders = new ArrayList<>();

    private NetverdictLog4jAppender(
            String name,
            Configuration configuration,
            AppenderRef[] references,
            NetverdictReporter reporter,
            boolean ownReporter) {
        super(name, null, null, true, Property.EMPTY_ARRAY);
        this.configuration = configuration;
        this.references = references;
        this.reporter = reporter;
        this.ownReporter = ownReporter;
    }

    /**
     * Called by Log4j.
     *
     * @param serviceUrl where the service listens; the environment's or the default where null
     * @param waitMillis how long logging an exception may wait for its hint
     */
    @PluginFactory
    public static NetverdictLog4jAppender create(
            @PluginAttribute("name") String name,
            @PluginAttribute("serviceUrl") String serviceUrl,
            @PluginAttribute("waitMillis") long waitMillis,
            @PluginElement("AppenderRef") AppenderRef[] references,
            @PluginConfiguration Configuration configuration) {
        boolean own = serviceUrl != null || waitMillis > 0;
        NetverdictReporter reporter =
                own ? reporter(serviceUrl, waitMillis) : NetverdictReporter.shared();
        return new NetverdictLog4jAppender(
                name == null ? "Netverdict" : name, configuration, references, reporter, own);
    }

    private static NetverdictReporter reporter(String serviceUrl, long waitMillis) {
        try {
            ReporterBuilder builder =
                    NetverdictReporter.builder().waitForHint(Duration.ofMillis(waitMillis));
            return (serviceUrl == null ? builder : builder.serviceUrl(serviceUrl)).build();
        } catch (IllegalArgumentException unusable) {
            LOGGER.error("Failures are not reported: {}", unusable.getMessage());
            return null;
        }
    }

    @Override
    public void start() {
        for (AppenderRef reference : references) {
            Appender appender = configuration.getAppender(reference.getRef());
            if (appender == null) {
                LOGGER.error("No appender named {} was configured", reference.getRef());
            } else {
                appenders.add(
                        new AppenderControl(appender, reference.getLevel(), reference.getFilter()));
            }
        }
        super.start();
    }

    @Override
    public boolean stop(long timeout, TimeUnit unit) {
        if (ownReporter && reporter != null) {
            reporter.close();
        }
        return super.stop(timeout, unit);
    }

    @Override
    public void append(LogEvent event) {
        LogEvent shown = shown(event);
        for (AppenderControl appender : appenders) {
            appender.callAppender(shown);
        }
    }

    private LogEvent shown(LogEvent event) {
        Throwable error = event.getThrown();
        if (error == null) {
            return event;
        }
        try {
            if (reporter != null) {
                LoggedFailures.report(
                        reporter,
                        event.getLoggerName(),
                        event.getMessage().getFormattedMessage(),
                        error);
            }
            return LoggedFailures.hintOf(error)
                    .map(found -> withContext(event, found.hint()))
                    .orElse(event);
        } catch (RuntimeException ofAnException) {
            // The event goes on as it is: no hint is worth a lost line.
            LOGGER.warn("No hint", ofAnException);
            return event;
        }
    }

    private static LogEvent withContext(LogEvent event, Hint hint) {
        StringMap context = new SortedArrayStringMap(event.getContextData());
        context.putValue(NetverdictReporter.MDC_CAUSE, hint.cause());
        context.putValue(NetverdictReporter.MDC_INCIDENT, hint.incidentId());
        return new Log4jLogEvent.Builder(event).setContextData(context).build();
    }
}
