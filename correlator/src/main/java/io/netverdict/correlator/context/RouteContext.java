package io.netverdict.correlator.context;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How the kernel routes to a target.
 *
 * @param target its address
 * @param type {@code unicast}, {@code local}, {@code unreachable}, {@code prohibit} …
 * @param device interface it leaves by
 * @param gateway next hop, null where the target is on the link
 * @param source address that would be used
 * @param table of policy routing
 * @param pathMtuBytes cached for the target, null where there is none
 * @param problem why there is no route, as the kernel says it, or null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RouteContext(
        String target,
        String type,
        String device,
        String gateway,
        String source,
        long table,
        Long pathMtuBytes,
        String problem) {

    /**
     * A rule of policy routing.
     *
     * @param priority lower ones are asked first
     * @param text as {@code from 10.0.0.0/8 fwmark 0x1 lookup 100}
     */
    public record Rule(long priority, String text) {}
}
