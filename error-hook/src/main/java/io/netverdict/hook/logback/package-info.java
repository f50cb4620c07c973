/** Logback: an appender that reports what is logged, a conversion word that shows the hint. */
package io.netverdict.hook.logback;
