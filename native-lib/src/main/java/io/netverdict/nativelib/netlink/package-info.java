/**
 * Netlink, the kernel's message protocol for network state (netlink(7)): sockets, requests, and
 * attributes read within bounds. Linux only; read-only by what it is used for.
 */
package io.netverdict.nativelib.netlink;
