/** Interfaces, addresses, routes, rules and neighbours as the kernel has them: rtnetlink(7). */
package io.netverdict.nativelib.route;
