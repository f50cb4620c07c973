package io.netverdict.correlator.errortext;

import io.netverdict.capture.packet.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Weighs the hosts that a text names: which one is the request's, which one a proxy.
 *
 * @param target the request's
 * @param proxy a proxy, or a host dialled in the target's stead
 */
record TargetFinder(ErrorTarget target, Optional<ProxyMention> proxy) {

    private static final Pattern POOL_PATH = Pattern.compile("\\bwith url: ([^\\s]{1,2048})");
    private static final Pattern POOL_SCHEME = Pattern.compile("HTTP(S?)ConnectionPool\\(");
    private static final Pattern PROXY_STATUS =
            Pattern.compile(
                    "(?:tunnel|connect|proxy)[^\\n]{0,120}?(?:failed|response|got|code|status\\w{0,4})"
                            + "[ :='(]{1,5}([1-5]\\d\\d)\\b"
                            + "|code for connect: ([1-5]\\d\\d)|received http code ([1-5]\\d\\d) from proxy",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern SPEAKS_OF_PROXY =
            Pattern.compile("proxy ?connect|to proxy\\b|via proxy", Pattern.CASE_INSENSITIVE);

    static TargetFinder find(ErrorText text) {
        List<UrlFinder.Found> urls = UrlFinder.find(text.text());
        List<HostPhrases.Mention> mentions = HostPhrases.find(text.text());
        boolean dialsProxy = SPEAKS_OF_PROXY.matcher(text.text()).find();

        Optional<UrlFinder.Found> url = last(urls, UrlFinder.Role.REQUEST);
        Optional<HostPhrases.Mention> named = lastOf(mentions, HostPhrases.Role.TARGET);
        Optional<HostPhrases.Mention> reached = reached(mentions);

        Host target;
        Optional<HostPhrases.Mention> proxy = lastOf(mentions, HostPhrases.Role.PROXY);
        if (url.isPresent()) {
            target = new Host(url.get().host(), url.get().effectivePort());
        } else if (named.isPresent()) {
            target = new Host(named.get().host(), named.get().port());
        } else {
            target = null;
        }
        if (reached.isPresent()) {
            HostPhrases.Mention host = reached.get();
            if (target == null) {
                if (dialsProxy) {
                    proxy = reached;
                }
                target = new Host(host.host(), host.port());
            } else if (!sameHost(target, host)) {
                boolean otherTarget =
                        host.role() == HostPhrases.Role.LOOKED_UP
                                && !dialsProxy
                                && !host.host().startsWith(target.name() + ".");
                if (dialsProxy || host.role() == HostPhrases.Role.DIALLED && !isAddress(host)) {
                    proxy = reached;
                } else if (otherTarget) {
                    target = new Host(host.host(), host.port());
                }
            } else if (target.port().isEmpty()) {
                target = new Host(target.name(), host.port());
            }
        }
        if (target == null && proxy.isPresent()) {
            target = new Host(proxy.get().host(), proxy.get().port());
        }
        return new TargetFinder(
                target(text, url, target),
                proxyMention(text, proxy, last(urls, UrlFinder.Role.PROXY), dialsProxy));
    }

    private record Host(String name, OptionalInt port) {}

    private static ErrorTarget target(ErrorText text, Optional<UrlFinder.Found> url, Host host) {
        Optional<UrlFinder.Found> own =
                url.filter(u -> host == null || u.host().equals(host.name()));
        Optional<String> scheme = own.map(UrlFinder.Found::scheme);
        Optional<String> path = own.flatMap(UrlFinder.Found::path);
        if (url.isEmpty()) {
            Matcher pool = POOL_SCHEME.matcher(text.text());
            if (pool.find()) {
                scheme = Optional.of(pool.group(1).isEmpty() ? "http" : "https");
            }
            Matcher poolPath = POOL_PATH.matcher(text.text());
            if (poolPath.find() && poolPath.group(1).startsWith("/")) {
                path = Optional.of(poolPath.group(1));
            }
        }
        return new ErrorTarget(
                url.map(UrlFinder.Found::url),
                url.flatMap(UrlFinder.Found::method),
                scheme,
                Optional.ofNullable(host).map(Host::name),
                host == null ? OptionalInt.empty() : host.port(),
                path);
    }

    private static Optional<ProxyMention> proxyMention(
            ErrorText text,
            Optional<HostPhrases.Mention> host,
            Optional<UrlFinder.Found> url,
            boolean dialsProxy) {
        Matcher matcher = PROXY_STATUS.matcher(text.text());
        OptionalInt status = OptionalInt.empty();
        while (matcher.find()) {
            int group = matcher.group(1) != null ? 1 : matcher.group(2) != null ? 2 : 3;
            status = OptionalInt.of(Integer.parseInt(matcher.group(group)));
        }
        boolean spoken = dialsProxy || host.isPresent() || url.isPresent() || status.isPresent();
        if (!spoken) {
            return Optional.empty();
        }
        if (url.isPresent()) {
            return Optional.of(
                    new ProxyMention(Optional.of(url.get().host()), url.get().port(), status));
        }
        return Optional.of(
                new ProxyMention(
                        host.map(HostPhrases.Mention::host),
                        host.map(HostPhrases.Mention::port).orElse(OptionalInt.empty()),
                        status));
    }

    private static Optional<HostPhrases.Mention> reached(List<HostPhrases.Mention> mentions) {
        // A name says more than the address it stands for.
        Optional<HostPhrases.Mention> last = Optional.empty();
        for (HostPhrases.Mention mention : mentions) {
            boolean reached =
                    mention.role() == HostPhrases.Role.DIALLED
                            || mention.role() == HostPhrases.Role.LOOKED_UP;
            if (reached && (last.isEmpty() || !isAddress(mention) || isAddress(last.get()))) {
                last = Optional.of(last.isPresent() ? fuller(last.get(), mention) : mention);
            }
        }
        return last;
    }

    /** The later one, unless it repeats the earlier without its port. */
    private static HostPhrases.Mention fuller(
            HostPhrases.Mention earlier, HostPhrases.Mention later) {
        boolean repeats = earlier.host().equals(later.host()) && later.port().isEmpty();
        return repeats ? earlier : later;
    }

    private static boolean sameHost(Host target, HostPhrases.Mention mention) {
        return target.name().equals(mention.host());
    }

    private static boolean isAddress(HostPhrases.Mention mention) {
        return IpAddress.parse(mention.host()).isPresent();
    }

    private static Optional<HostPhrases.Mention> lastOf(
            List<HostPhrases.Mention> mentions, HostPhrases.Role role) {
        return mentions.stream().filter(m -> m.role() == role).reduce(TargetFinder::fuller);
    }

    private static Optional<UrlFinder.Found> last(List<UrlFinder.Found> urls, UrlFinder.Role role) {
        return urls.stream().filter(u -> u.role() == role).reduce((a, b) -> b);
    }
}
