/** What several adapters need: streams that report, the log of a request, what a log shows. */
package io.netverdict.hook.support;
