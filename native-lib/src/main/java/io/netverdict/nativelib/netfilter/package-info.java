/** Connection tracking and the counters of nftables, over netlink; takes CAP_NET_ADMIN. */
package io.netverdict.nativelib.netfilter;
