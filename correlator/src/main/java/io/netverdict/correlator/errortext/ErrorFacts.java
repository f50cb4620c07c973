package io.netverdict.correlator.errortext;

import io.netverdict.correlator.model.OperationKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What an error text says, taken at its word.
 *
 * @param family the client that wrote it
 * @param target what was asked for
 * @param addresses addresses named
 * @param proxy a proxy spoken of, or a host that was dialled in the target's stead
 * @param complaints kinds of failure; {@link Complaint#UNKNOWN} alone where no wording is known
 * @param figures numbers
 * @param certificate what is said of the server's certificate
 * @param possibleSteps the steps the request may have been in; empty where the text does not say
 * @param cut whether the message was longer than {@link ErrorTextReader#MAX_MESSAGE_CHARS} and its
 *     middle was left out
 */
public record ErrorFacts(
        ClientFamily family,
        ErrorTarget target,
        MentionedAddresses addresses,
        Optional<ProxyMention> proxy,
        Set<Complaint> complaints,
        ErrorFigures figures,
        CertificateMention certificate,
        Set<OperationKind> possibleSteps,
        boolean cut) {

    /** What no text at all says: the same as the empty one, without the patterns that read it. */
    public static final ErrorFacts NONE =
            new ErrorFacts(
                    ClientFamily.OTHER,
                    ErrorTarget.NONE,
                    MentionedAddresses.NONE,
                    Optional.empty(),
                    Set.of(Complaint.UNKNOWN),
                    ErrorFigures.NONE,
                    CertificateMention.NONE,
                    Set.of(),
                    false);

    public ErrorFacts {
        complaints = frozen(complaints, Complaint.class);
        possibleSteps = frozen(possibleSteps, OperationKind.class);
    }

    public Optional<String> host() {
        return target.host();
    }

    public OptionalInt port() {
        return target.port();
    }

    public boolean has(Complaint complaint) {
        return complaints.contains(complaint);
    }

    /** Whether at least one of these is said. */
    public boolean hasAny(Complaint first, Complaint... others) {
        return !Collections.disjoint(complaints, EnumSet.of(first, others));
    }

    /** The step the request was in, where the text leaves only one. */
    public Optional<OperationKind> step() {
        return possibleSteps.size() == 1
                ? Optional.of(possibleSteps.iterator().next())
                : Optional.empty();
    }

    private static <E extends Enum<E>> Set<E> frozen(Set<E> values, Class<E> type) {
        EnumSet<E> copy = EnumSet.noneOf(type);
        copy.addAll(values);
        return Collections.unmodifiableSet(copy);
    }
}
