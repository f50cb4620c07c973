/** Log4j 2: an appender that reports what is logged, a pattern converter that shows the hint. */
package io.netverdict.hook.log4j2;
