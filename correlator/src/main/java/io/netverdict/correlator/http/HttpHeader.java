package io.netverdict.correlator.http;

/**
 * A header field; unprintable bytes are escaped.
 *
 * @param name as sent
 * @param value without the blanks around it
 */
public record HttpHeader(String name, String value) {}
