package io.netverdict.service.context.part;

import io.netverdict.correlator.context.FirewallContext;
import io.netverdict.nativelib.netfilter.RefusalCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the firewall refused between two readings. */
public final class FirewallParts {
    private static final int MAX = 50;

    private FirewallParts() {}

    /** The rules whose counters moved; one that was not there before counts from 0. */
    public static List<FirewallContext> moved(
            List<RefusalCounter> now, List<RefusalCounter> before) {
        Map<String, RefusalCounter> earlier = new HashMap<>();
        before.forEach(rule -> earlier.put(rule.key(), rule));
        List<FirewallContext> moved = new ArrayList<>();
        for (RefusalCounter rule : now) {
            RefusalCounter was = earlier.get(rule.key());
            long packets = rule.packets() - (was == null ? 0 : was.packets());
            long bytes = rule.bytes() - (was == null ? 0 : was.bytes());
            if (packets > 0 && moved.size() < MAX) {
                moved.add(
                        new FirewallContext(
                                rule.table(),
                                rule.chain(),
                                rule.hook(),
                                rule.handle(),
                                rule.verdict(),
                                rule.text(),
                                packets,
                                bytes));
            }
        }
        return moved;
    }
}
