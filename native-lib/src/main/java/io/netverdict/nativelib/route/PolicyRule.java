package io.netverdict.nativelib.route;

/**
 * A rule of policy routing.
 *
 * @param priority lower ones are asked first
 * @param text in the words of {@code ip rule}
 */
public record PolicyRule(long priority, String text) {}
