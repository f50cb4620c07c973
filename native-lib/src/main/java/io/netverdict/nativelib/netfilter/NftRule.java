package io.netverdict.nativelib.netfilter;

import io.netverdict.nativelib.netlink.Attributes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Reads one rule: whether it refuses, what it has counted, and of its conditions addresses,
 * protocol and ports; others are named only.
 */
final class NftRule {
    private static final int NFTA_RULE_TABLE = 1;
    private static final int NFTA_RULE_CHAIN = 2;
    private static final int NFTA_RULE_HANDLE = 3;
    private static final int NFTA_RULE_EXPRESSIONS = 4;
    private static final int NFTA_LIST_ELEM = 1;
    private static final int NFTA_EXPR_NAME = 1;
    private static final int NFTA_EXPR_DATA = 2;
    private static final int NFTA_COUNTER_BYTES = 1;
    private static final int NFTA_COUNTER_PACKETS = 2;
    private static final int NFTA_IMMEDIATE_DATA = 2;
    private static final int NFTA_DATA_VALUE = 1;
    private static final int NFTA_DATA_VERDICT = 2;
    private static final int NFTA_VERDICT_CODE = 1;
    private static final int NFTA_TARGET_NAME = 1;
    private static final int NFTA_MATCH_NAME = 1;
    private static final int NFTA_META_KEY = 2;
    private static final int NFTA_PAYLOAD_BASE = 2;
    private static final int NFTA_PAYLOAD_OFFSET = 3;
    private static final int NFTA_PAYLOAD_LEN = 4;
    private static final int NFTA_CMP_OP = 2;
    private static final int NFTA_CMP_DATA = 3;
    private static final int META_L4PROTO = 16;
    private static final int META_OIFNAME = 7;
    private static final int META_IIFNAME = 6;
    private static final int BASE_NETWORK = 1;
    private static final int BASE_TRANSPORT = 2;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;
    private static final int NF_DROP = 0;
    private static final int CMP_EQ = 0;

    private final StringJoiner text = new StringJoiner(" ");
    private String loaded = "";
    private String protocol = "";
    private String verdict = "";
    private long packets = -1;
    private long bytes;

    private NftRule() {}

    /**
     * @param hooks of the chains, by table and chain
     */
    static Optional<RefusalCounter> refusal(
            Attributes rule, String family, Map<String, String> hooks) {
        NftRule read = new NftRule();
        for (Attributes expression :
                rule.nested(NFTA_RULE_EXPRESSIONS).eachNested(NFTA_LIST_ELEM)) {
            read.expression(
                    expression.textOf(NFTA_EXPR_NAME, ""), expression.nested(NFTA_EXPR_DATA));
        }
        if (read.verdict.isEmpty() || read.packets < 0) {
            return Optional.empty();
        }
        String table = family + rule.textOf(NFTA_RULE_TABLE, "");
        String chain = rule.textOf(NFTA_RULE_CHAIN, "");
        return Optional.of(
                new RefusalCounter(
                        table,
                        chain,
                        hooks.getOrDefault(table + ' ' + chain, ""),
                        rule.networkLongOf(NFTA_RULE_HANDLE, 0),
                        read.verdict,
                        read.text.length() == 0 ? "everything" : read.text.toString(),
                        read.packets,
                        read.bytes));
    }

    private void expression(String name, Attributes data) {
        switch (name) {
            case "counter" -> {
                packets = data.networkLongOf(NFTA_COUNTER_PACKETS, 0);
                bytes = data.networkLongOf(NFTA_COUNTER_BYTES, 0);
            }
            case "immediate" -> {
                Attributes decision = data.nested(NFTA_IMMEDIATE_DATA).nested(NFTA_DATA_VERDICT);
                if (decision.networkIntOf(NFTA_VERDICT_CODE, -1) == NF_DROP) {
                    verdict = "drop";
                }
            }
            case "reject" -> verdict = "reject";
            case "target" -> target(data.textOf(NFTA_TARGET_NAME, ""));
            case "match" -> text.add("match " + data.textOf(NFTA_MATCH_NAME, ""));
            case "meta" -> loaded = meta((int) data.networkIntOf(NFTA_META_KEY, -1));
            case "payload" -> loaded = payload(data);
            case "cmp" -> compare(data);
            case "ct" -> loaded = "ct";
            case "lookup" -> {
                text.add(loaded.isEmpty() ? "in a set" : loaded + " in a set");
                loaded = "";
            }
            default -> {
                // Bit operations, limits and the like narrow a rule; they are not told.
            }
        }
    }

    private void target(String name) {
        if (name.equals("DROP") || name.equals("REJECT")) {
            verdict = name.toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static String meta(int key) {
        return switch (key) {
            case META_L4PROTO -> "l4proto";
            case META_IIFNAME -> "iifname";
            case META_OIFNAME -> "oifname";
            default -> "";
        };
    }

    private static String payload(Attributes data) {
        int base = (int) data.networkIntOf(NFTA_PAYLOAD_BASE, -1);
        int offset = (int) data.networkIntOf(NFTA_PAYLOAD_OFFSET, -1);
        int length = (int) data.networkIntOf(NFTA_PAYLOAD_LEN, -1);
        if (base == BASE_TRANSPORT && length == 2) {
            return offset == 0 ? "sport" : offset == 2 ? "dport" : "";
        }
        if (base == BASE_NETWORK && length == 1 && offset == 9) {
            return "l4proto";
        }
        if (base == BASE_NETWORK && length == 4) {
            return offset == 12 ? "saddr" : offset == 16 ? "daddr" : "";
        }
        if (base == BASE_NETWORK && length == 16) {
            return offset == 8 ? "saddr" : offset == 24 ? "daddr" : "";
        }
        return "";
    }

    private void compare(Attributes data) {
        byte[] value = data.nested(NFTA_CMP_DATA).bytesOf(NFTA_DATA_VALUE);
        String not = data.networkIntOf(NFTA_CMP_OP, CMP_EQ) == CMP_EQ ? "" : "not ";
        switch (loaded) {
            case "l4proto" -> {
                int number = value.length > 0 ? value[0] & 0xFF : -1;
                protocol =
                        number == IPPROTO_TCP
                                ? "tcp"
                                : number == IPPROTO_UDP ? "udp" : "protocol " + number;
                text.add(not + protocol);
            }
            case "sport", "dport" -> {
                if (value.length == 2) {
                    int port = (value[0] & 0xFF) << 8 | value[1] & 0xFF;
                    text.add(not + loaded + " " + port);
                }
            }
            case "saddr", "daddr" -> text.add(loaded + " " + not + address(value));
            case "iifname", "oifname" ->
                    text.add(
                            loaded
                                    + " "
                                    + not
                                    + new String(value, java.nio.charset.StandardCharsets.UTF_8)
                                            .trim());
            case "ct" -> text.add("ct state");
            default -> {
                // A condition that is not told.
            }
        }
        loaded = "";
    }

    private static String address(byte[] value) {
        try {
            return InetAddress.getByAddress(value).getHostAddress();
        } catch (UnknownHostException partOfAnAddress) {
            return "a network";
        }
    }
}
