package io.netverdict.nativelib.route;

import java.net.InetAddress;
import java.util.Optional;

/**
 * The kernel's answer to how it would route to a target.
 *
 * @param type {@code unicast}, {@code local}, {@code unreachable} …
 * @param linkIndex interface it leaves by, 0 for none
 * @param gateway next hop, empty where the target is on the link
 * @param source address that would be used
 * @param table routing table the route is from
 * @param mtuBytes of the path where it is known to be less than the interface's, or locked; else 0
 */
public record Route(
        InetAddress target,
        String type,
        int linkIndex,
        Optional<InetAddress> gateway,
        Optional<InetAddress> source,
        long table,
        long mtuBytes) {}
