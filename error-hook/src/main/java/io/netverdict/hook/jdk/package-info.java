/** The JDK's own clients: {@code java.net.http} and {@code HttpURLConnection}. */
package io.netverdict.hook.jdk;
