package io.netverdict.hook.logback;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.netverdict.hook.support.LoggedFailures;

/**
 * The conversion word {@code %netverdict}: the hint that the event's exception carries, nothing
 * where it carries none.
 */
public final class NetverdictConverter extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
            return LoggedFailures.hintOf(proxy.getThrowable())
                    .map(found -> found.hint().toString())
                    .orElse("");
        }
        return "";
    }
}
