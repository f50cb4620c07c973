package io.netverdict.nativelib.route;

import java.util.Optional;

/**
 * Something the kernel told of an interface without being asked.
 *
 * @param kind what it was about
 * @param link the interface as it is now, for news of interfaces
 * @param address the address, for news of addresses
 */
public record LinkNews(Kind kind, Optional<Link> link, Optional<LinkAddress> address) {

    /** What news are about. */
    public enum Kind {
        LINK,
        LINK_REMOVED,
        ADDRESS_ADDED,
        ADDRESS_REMOVED
    }
}
