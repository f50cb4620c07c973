package io.netverdict.hook.log4j2;

import io.netverdict.hook.support.LoggedFailures;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.pattern.ConverterKeys;
import org.apache.logging.log4j.core.pattern.LogEventPatternConverter;
import org.apache.logging.log4j.core.pattern.PatternConverter;

/**
 * The pattern {@code %netverdict}: the hint that the event's exception carries, nothing where it
 * carries none.
 */
@Plugin(name = "NetverdictPatternConverter", category = PatternConverter.CATEGORY)
@ConverterKeys("netverdict")
public final class NetverdictPatternConverter extends LogEventPatternConverter {
    private static final NetverdictPatternConverter ONLY = new NetverdictPatternConverter();

    private NetverdictPatternConverter() {
        super("Netverdict", "netverdict");
    }

    /** Called by Log4j. */
    public static NetverdictPatternConverter newInstance(String[] options) {
        return ONLY;
    }

    @Override
    public void format(LogEvent event, StringBuilder out) {
        LoggedFailures.hintOf(event.getThrown()).ifPresent(found -> out.append(found.hint()));
    }
}
