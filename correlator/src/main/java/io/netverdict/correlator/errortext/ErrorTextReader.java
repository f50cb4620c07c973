package io.netverdict.correlator.errortext;

import io.netverdict.capture.packet.Endpoint;
import io.netverdict.capture.packet.IpAddress;
import io.netverdict.correlator.model.OperationKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads what an HTTP client printed.
 *
 * <p>Any text gives an answer; nothing in it throws. Stateless, safe to share between threads.
 * Names are never resolved.
 */
public final class ErrorTextReader {

    /** Longer messages lose their middle: the headline comes first, the root cause last. */
    public static final int MAX_MESSAGE_CHARS = 16 * 1024;

    /**
     * What the message says.
     *
     * @param message as printed, one line or many
     * @param clientOrNull the client's name as reported ({@code "go net/http 1.22"}), or null
     */
    public ErrorFacts read(String message, String clientOrNull) {
        ErrorText text = ErrorText.of(message, MAX_MESSAGE_CHARS);
        ClientFamily family = ClientFamily.of(clientOrNull, text);
        TargetFinder hosts = TargetFinder.find(text);
        ErrorTarget target = hosts.target();
        ErrorText masked = text.masked(target.host().orElse(""));

        List<Integer> statuses = FigureFinder.statuses(masked);
        OptionalInt curlExit = CurlExit.find(masked);
        Set<Complaint> complaints = ComplaintFinder.find(masked, statuses, curlExit);
        Set<OperationKind> steps = StepFinder.find(masked, family, complaints, target.scheme());
        MentionedAddresses addresses = AddressFinder.find(text);
        if (hosts.proxy().isEmpty()) {
            addresses = withTargetAsRemote(addresses, target);
        }
        return new ErrorFacts(
                family,
                withAddressAsHost(target, addresses, hosts.proxy()),
                addresses,
                hosts.proxy(),
                complaints,
                figures(masked, statuses, complaints, curlExit),
                CertificateFinder.find(text),
                steps,
                text.cut());
    }

    private static ErrorFigures figures(
            ErrorText masked,
            List<Integer> statuses,
            Set<Complaint> complaints,
            OptionalInt curlExit) {
        FigureFinder.Sizes sizes = FigureFinder.sizes(masked);
        return new ErrorFigures(
                FigureFinder.timeout(masked),
                FigureFinder.elapsed(masked),
                sizes.received(),
                sizes.expected(),
                sizes.missing(),
                statuses,
                complaints.contains(Complaint.TLS_ALERT)
                        ? TlsAlertFinder.number(masked)
                        : OptionalInt.empty(),
                curlExit);
    }

    private static MentionedAddresses withTargetAsRemote(
            MentionedAddresses addresses, ErrorTarget target) {
        boolean complete = addresses.remote().filter(remote -> remote.port() != 0).isPresent();
        if (complete || target.port().isEmpty()) {
            return addresses;
        }
        Optional<Endpoint> remote =
                target.host()
                        .flatMap(IpAddress::parse)
                        .map(address -> new Endpoint(address, target.port().getAsInt()));
        return new MentionedAddresses(
                addresses.local(),
                remote.or(addresses::remote),
                addresses.dnsServer(),
                addresses.dnsClient(),
                addresses.all());
    }

    private static ErrorTarget withAddressAsHost(
            ErrorTarget target, MentionedAddresses addresses, Optional<ProxyMention> proxy) {
        if (target.host().isPresent() || addresses.remote().isEmpty() || proxy.isPresent()) {
            return target;
        }
        Endpoint remote = addresses.remote().get();
        return new ErrorTarget(
                target.url(),
                target.method(),
                target.scheme(),
                Optional.of(remote.address().toString()),
                HostPhrases.port(Integer.toString(remote.port())),
                target.path());
    }
}
