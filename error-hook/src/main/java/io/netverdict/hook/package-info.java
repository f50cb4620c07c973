/**
 * What an application adds to its HTTP client: failed requests are reported to the netverdict
 * service, and its hint comes back into the application's log and exceptions. Needs the JDK and
 * slf4j-api; never throws into the application.
 */
package io.netverdict.hook;
