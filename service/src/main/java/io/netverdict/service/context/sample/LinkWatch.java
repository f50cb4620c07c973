package io.netverdict.service.context.sample;

import io.netverdict.correlator.context.InterfaceContext.Event;
import io.netverdict.correlator.context.InterfaceContext.Event.What;
import io.netverdict.nativelib.netlink.NetlinkException;
import io.netverdict.nativelib.route.Link;
import io.netverdict.nativelib.route.LinkAddress;
import io.netverdict.nativelib.route.LinkNews;
import io.netverdict.nativelib.route.RouteNetlink;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Listens for changes of interfaces and addresses and keeps the last of them.
 *
 * <p>{@link #run()} belongs to one thread, in the namespace to be watched; the rest is for any.
 */
public final class LinkWatch implements Runnable {
    private static final int MAX_EVENTS = 256;
    private static final int WAIT_MILLIS = 1000;

    private final Deque<Event> events = new ArrayDeque<>();
    private final Map<Integer, Link> links = new HashMap<>();
    private final Set<LinkAddress> addresses = new HashSet<>();
    private volatile boolean closed;
    private volatile String problem = "the watch has not begun";

    /** Watches until {@link #close()}, at most a second longer. */
    @Override
    public void run() {
        try (RouteNetlink news = RouteNetlink.listen();
                RouteNetlink now = RouteNetlink.open()) {
            now.links().forEach(link -> links.put(link.index(), link));
            addresses.addAll(now.addresses());
            problem = "";
            while (!closed) {
                Instant heard = null;
                for (LinkNews one : news.news(WAIT_MILLIS)) {
                    heard = heard == null ? Instant.now() : heard;
                    take(one, heard);
                }
            }
        } catch (NetlinkException e) {
            problem = "changes cannot be heard: " + e.getMessage();
        }
    }

    private void take(LinkNews news, Instant at) {
        switch (news.kind()) {
            case LINK -> news.link().ifPresent(link -> changed(link, at));
            case LINK_REMOVED ->
                    news.link()
                            .filter(link -> links.remove(link.index()) != null)
                            .ifPresent(link -> add(at, link.name(), What.REMOVED, ""));
            case ADDRESS_ADDED ->
                    news.address()
                            .filter(addresses::add)
                            .ifPresent(a -> address(a, at, What.ADDRESS_ADDED));
            case ADDRESS_REMOVED ->
                    news.address()
                            .filter(addresses::remove)
                            .ifPresent(a -> address(a, at, What.ADDRESS_REMOVED));
        }
    }

    private void changed(Link link, Instant at) {
        Link before = links.put(link.index(), link);
        if (before == null) {
            add(at, link.name(), What.APPEARED, "");
            return;
        }
        if (before.up() != link.up()) {
            add(at, link.name(), link.up() ? What.UP : What.DOWN, "");
        } else if (before.carrier() != link.carrier()) {
            add(at, link.name(), link.carrier() ? What.CARRIER_BACK : What.CARRIER_LOST, "");
        }
        if (before.mtuBytes() != link.mtuBytes()) {
            String detail = before.mtuBytes() + " to " + link.mtuBytes();
            add(at, link.name(), What.MTU_CHANGED, detail);
        }
    }

    private void address(LinkAddress address, Instant at, What what) {
        Link link = links.get(address.linkIndex());
        add(
                at,
                link == null ? "" : link.name(),
                what,
                address.address().getHostAddress() + "/" + address.prefixLength());
    }

    private void add(Instant at, String name, What what, String detail) {
        synchronized (events) {
            events.addLast(new Event(at, name, what, detail));
            if (events.size() > MAX_EVENTS) {
                events.removeFirst();
            }
        }
    }

    /** The changes from a moment on, by time. */
    public List<Event> since(Instant from) {
        synchronized (events) {
            return events.stream().filter(event -> !event.at().isBefore(from)).toList();
        }
    }

    /** Why there are no changes to tell; empty where all is well. */
    public String problem() {
        return problem;
    }

    /** Ends {@link #run()} within a second. */
    public void close() {
        closed = true;
    }
}
