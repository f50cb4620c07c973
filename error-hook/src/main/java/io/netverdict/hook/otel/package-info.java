/** OpenTelemetry: the trace in which a request failed gets the verdict. */
package io.netverdict.hook.otel;
