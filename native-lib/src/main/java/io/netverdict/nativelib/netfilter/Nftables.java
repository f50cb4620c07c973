package io.netverdict.nativelib.netfilter;

import io.netverdict.nativelib.netlink.Attributes;
import io.netverdict.nativelib.netlink.NetlinkException;
import io.netverdict.nativelib.netlink.NetlinkFamily;
import io.netverdict.nativelib.netlink.NetlinkMessage;
import io.netverdict.nativelib.netlink.NetlinkRequest;
import io.netverdict.nativelib.netlink.NetlinkSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what the rules of nftables have refused (linux/netfilter/nf_tables.h), those that
 * iptables-nft makes among them; those of iptables-legacy are not there. A rule without a counter
 * cannot be seen to refuse. Takes CAP_NET_ADMIN. For one thread at a time.
 */
public final class Nftables implements AutoCloseable {
    private static final int NFT_MSG_GETCHAIN = 4;
    private static final int NFT_MSG_GETRULE = 7;
    private static final int MAX_RULES = 20_000;
    private static final int NFTA_CHAIN_TABLE = 1;
    private static final int NFTA_CHAIN_NAME = 3;
    private static final int NFTA_CHAIN_HOOK = 4;
    private static final int NFTA_CHAIN_POLICY = 5;
    private static final int NFTA_CHAIN_COUNTERS = 8;
    private static final int NFTA_HOOK_HOOKNUM = 1;
    private static final int NFTA_COUNTER_BYTES = 1;
    private static final int NFTA_COUNTER_PACKETS = 2;
    private static final int NF_DROP = 0;
    private static final String[] HOOKS = {
        "prerouting", "input", "forward", "output", "postrouting"
    };

    private final NetlinkSocket socket;

    private Nftables(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** To ask. */
    public static Nftables open() throws NetlinkException {
        return new Nftables(NetlinkSocket.open(NetlinkFamily.NETFILTER));
    }

    /** What refuses, with its counters; none where no rule does. */
    public List<RefusalCounter> refusals() throws NetlinkException {
        Map<String, String> hooks = new HashMap<>();
        List<RefusalCounter> found = new ArrayList<>();
        for (NetlinkMessage message : dump("firewall chains", NFT_MSG_GETCHAIN)) {
            chain(message, hooks, found);
        }
        if (hooks.isEmpty()) {
            return found;
        }
        for (NetlinkMessage message : dump("firewall rules", NFT_MSG_GETRULE)) {
            NftRule.refusal(
                            message.attributes(NetfilterMessages.FIXED_BYTES),
                            family(message.byteAt(0)),
                            hooks)
                    .ifPresent(found::add);
        }
        return found;
    }

    private static void chain(
            NetlinkMessage message, Map<String, String> hooks, List<RefusalCounter> found) {
        Attributes chain = message.attributes(NetfilterMessages.FIXED_BYTES);
        String table = family(message.byteAt(0)) + chain.textOf(NFTA_CHAIN_TABLE, "");
        String name = chain.textOf(NFTA_CHAIN_NAME, "");
        int number = (int) chain.nested(NFTA_CHAIN_HOOK).networkIntOf(NFTA_HOOK_HOOKNUM, -1);
        String hook = number >= 0 && number < HOOKS.length ? HOOKS[number] : "";
        hooks.put(table + ' ' + name, hook);
        Attributes counters = chain.nested(NFTA_CHAIN_COUNTERS);
        boolean drops = chain.networkIntOf(NFTA_CHAIN_POLICY, 1) == NF_DROP;
        if (drops && counters.has(NFTA_COUNTER_PACKETS)) {
            found.add(
                    new RefusalCounter(
                            table,
                            name,
                            hook,
                            0,
                            "drop",
                            "policy drop",
                            counters.networkLongOf(NFTA_COUNTER_PACKETS, 0),
                            counters.networkLongOf(NFTA_COUNTER_BYTES, 0)));
        }
    }

    private static String family(int number) {
        return switch (number) {
            case 1 -> "inet ";
            case 2 -> "ip ";
            case 5 -> "netdev ";
            case 7 -> "bridge ";
            case 10 -> "ip6 ";
            default -> "";
        };
    }

    private List<NetlinkMessage> dump(String name, int type) throws NetlinkException {
        List<NetlinkMessage> messages = new ArrayList<>();
        socket.ask(
                new NetlinkRequest(
                                name,
                                NetfilterMessages.type(NetfilterMessages.SUBSYSTEM_NFTABLES, type),
                                NetlinkRequest.DUMP)
                        .fixed(NetfilterMessages.fixed(NetfilterMessages.AF_UNSPEC)),
                message -> {
                    messages.add(message);
                    return messages.size() < MAX_RULES;
                });
        return messages;
    }

    @Override
    public void close() {
        socket.close();
    }
}
