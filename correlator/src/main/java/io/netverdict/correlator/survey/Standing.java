package io.netverdict.correlator.survey;

import io.netverdict.correlator.finding.Finding;
import io.netverdict.correlator.model.Cause;
import io.netverdict.correlator.rules.ConnectionCase;
import io.netverdict.correlator.session.Exchange;
import io.netverdict.correlator.session.TlsSession;
import io.netverdict.correlator.tcp.Repairs;
import io.netverdict.correlator.tcp.Segment;
import io.netverdict.correlator.tls.TlsRecord;
import java.util.List;
import java.util.Locale;

/**
 * Whether a finding stands where no client complained, and how surely.
 *
 * <p>A client that closes, a server that ends an idle connection, a recording that begins or ends
 * in the middle are no failures; a finding counts where somebody demonstrably did not get what he
 * asked for, or waited far longer than a healthy network makes him wait.
 */
final class Standing {
    /** Dismissed. */
    static final double NONE = 0;

    /** Without the client's words another cause would show the same packets. */
    private static final double AMBIGUOUS = 0.6;

    private static final double SOLID = 0.85;

    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    /** Waiting that long is no failure on a connection still open: the response may be due. */
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static final int MIN_REPAIRS = 8;
    private static final long MIN_STALLED_NANOS = 1_000_000_000L;

    private static final long MIN_WAIT_NANOS = 900_000_000L;
    private static final long SINGLE_SYN_NANOS = 2_900_000_000L;
    private static final long LONG_TRIP_NANOS = 100_000_000L;

    /** A close_notify goes with the close. */
    private static final long FAREWELL_NANOS = 100_000_000L;

    /** More than a segment under way when the reset came is a transfer cut off. */
    private static final int UPLOAD_BYTES = 1_400;

    /** Smaller encrypted records may be HTTP/2 housekeeping or an alert. */
    private static final int MIN_ENCRYPTED_REQUEST_BYTES = 100;

    /** HTTP/2's preface, settings and window update go before the first request. */
    private static final int HTTP2_OPENING_BYTES = 130;

    /** Traceroute over TCP starts with hop limits no operating system uses. */
    private static final int LEAST_USUAL_HOP_LIMIT = 30;

    private final ConnectionCase c;
    private final Spoken spoken;
    private final Course course;
    private final Exchange exchange;

    Standing(ConnectionCase connection, Spoken spoken, Course course) {
        this.c = connection;
        this.spoken = spoken;
        this.course = course;
        this.exchange = connection.exchange();
    }

    /** The confidence in a finding, {@link #NONE} where it does not stand. */
    double confidence(Finding finding) {
        double strength = finding.strength();
        return switch (finding.cause()) {
            case TCP_SYN_NO_RESPONSE -> unanswered(strength);
            case TCP_REFUSED -> atLeast(SOLID, strength);
            case TCP_UNREACHABLE, TCP_ADMIN_PROHIBITED -> atLeast(SOLID, strength);
            case PATH_TTL_EXCEEDED -> tracing() ? NONE : atLeast(SOLID, strength);
            case TCP_HANDSHAKE_INCOMPLETE -> handshake(strength);
            case TCP_PEER_VANISHED ->
                    course.oneSided() || delivered() ? NONE : atLeast(SOLID, strength);
            case PATH_MTU_BLACKHOLE ->
                    course.oneSided() || course.gap() ? NONE : atLeast(0.8, strength);
            case PATH_MTU_EXCEEDED ->
                    course.oneSided() || delivered() ? NONE : atLeast(0.8, strength);
            case PATH_FRAGMENTS_LOST -> course.gap() ? NONE : atLeast(SOLID, strength);
            case PATH_PACKET_LOSS -> course.gap() || !lossHurt() ? NONE : strength;
            case TCP_ZERO_WINDOW -> zeroWindow() ? strength : NONE;
            case TCP_RESET_BY_PEER, TCP_RESET_BY_MIDDLEBOX -> reset(strength);
            case TCP_RESET_BY_OWN_HOST -> resetByOwnHost(strength);
            case TCP_STALE_CONNECTION -> requestOut() && !closedBefore() ? strength : NONE;
            case CLIENT_ABORTED -> aborted(strength);
            case NETWORK_HEALTHY,
                    CAPTURE_INSUFFICIENT,
                    CLIENT_NOTHING_SENT,
                    LINK_NEIGHBOR_UNRESOLVED,
                    QUIC_NO_RESPONSE ->
                    NONE;
            default -> finding.cause().code().startsWith("tls.") ? tls(finding) : http(finding);
        };
    }

    private static double atLeast(double limit, double strength) {
        return strength >= limit ? strength : NONE;
    }

    /** It kept a response from coming whole, or made whoever waited wait. */
    private boolean lossHurt() {
        return spoken.http() && Course.waiting(exchange) || suffered(Repairs.of(c.tcp()));
    }

    private static boolean suffered(Repairs repairs) {
        return repairs.count() >= MIN_REPAIRS && repairs.stalledNanos() >= MIN_STALLED_NANOS;
    }

    private double unanswered(double strength) {
        boolean patient = c.tcp().syns().size() > 1 || c.deadlineNanos() >= singleSynUntil();
        return course.oneSided() || !patient ? NONE : atLeast(0.75, strength);
    }

    private long singleSynUntil() {
        return c.tcp().syns().isEmpty()
                ? Long.MAX_VALUE
                : c.tcp().syns().get(0).timeNanos() + SINGLE_SYN_NANOS;
    }

    /** Whether all that the client sent was acknowledged in the end. */
    private boolean delivered() {
        return c.tcp().toServer().highestAcked() >= c.tcp().toServer().highestSent();
    }

    /** The client's program was there before the RST, and its host went on after it. */
    private double resetByOwnHost(double strength) {
        Segment rst = c.tcp().toServer().rst();
        Segment first = c.tcp().firstAfterHandshake();
        boolean established = first != null && rst != null && first.number() < rst.number();
        return course.oneSided() || !established ? NONE : atLeast(SOLID, strength);
    }

    private boolean tracing() {
        List<Segment> syns = c.tcp().syns();
        return !syns.isEmpty() && syns.get(0).packet().ip().hopLimit() < LEAST_USUAL_HOP_LIMIT;
    }

    private double handshake(double strength) {
        if (course.oneSided() || c.tcp().toServer().rst() != null) {
            return NONE;
        }
        // With nothing from the client behind the SYN-ACK, its ACK may just not be recorded.
        return c.tcp().firstAfterHandshake() == null ? Math.min(AMBIGUOUS, strength) : strength;
    }

    /** The other side still had something to send, and asked again for room. */
    private boolean zeroWindow() {
        Segment firstClosed = null;
        for (Segment segment : c.tcp().segments()) {
            boolean plain = segment.tcp().ack() && !segment.syn() && !segment.rst();
            if (plain && segment.windowBytes() == 0) {
                firstClosed = firstClosed == null ? segment : firstClosed;
            } else if (plain && firstClosed != null) {
                boolean asks =
                        segment.fromClient() != firstClosed.fromClient()
                                && (segment.length() > 0 || segment.keepAlive());
                boolean later = segment.timeNanos() - firstClosed.timeNanos() > MIN_WAIT_NANOS / 4;
                if (asks && later) {
                    return !course.oneSided();
                }
            }
        }
        return false;
    }

    private double reset(double strength) {
        Segment rst = c.tcp().toClient().rst();
        if (rst == null || course.oneSided()) {
            return NONE;
        }
        if (course.close() != null && course.close().number() < rst.number()) {
            return NONE;
        }
        return switch (spoken) {
            case HTTP ->
                    Course.waiting(exchange) || respondsAfter(rst)
                            ? strength
                            : exchange != null
                                            && exchange.completion() == Exchange.Completion.UNKNOWN
                                    ? Math.min(AMBIGUOUS, strength)
                                    : NONE;
            case HTTPS, TLS -> resetInTls(rst, strength);
            case OTHER -> resetOfOther(rst, strength);
        };
    }

    /** Whether the response came behind a reset that had already ended the connection. */
    private boolean respondsAfter(Segment rst) {
        return exchange != null
                && exchange.answered()
                && exchange.responseLast().number() > rst.number();
    }

    /** Whether the client had closed before what is taken for its request. */
    private boolean closedBefore() {
        return course.closedByClient()
                && course.close().number() < exchange.requestFirst().number();
    }

    private double resetInTls(Segment rst, double strength) {
        boolean handshakeOpen = c.tls().isPresent() && !c.tls().get().handshakeDone();
        boolean saidGoodbye =
                c.tls().stream()
                        .flatMap(t -> t.hiddenAlerts(true).stream())
                        .map(TlsRecord::first)
                        .anyMatch(p -> p != null && p.number() < rst.number());
        return !saidGoodbye && (handshakeOpen || requestOut() || midRecord()) ? strength : NONE;
    }

    private boolean midRecord() {
        return exchange != null && exchange.completion() == Exchange.Completion.PARTIAL;
    }

    /**
     * Of an unknown protocol: the server never said a word, or cut a transfer off. Behind a
     * conversation a reset is the way in which some servers say goodbye.
     */
    private double resetOfOther(Segment rst, double strength) {
        boolean silent = c.tcp().toClient().data().isEmpty() && c.tcp().startSeen();
        long underWay =
                c.tcp().toServer().highestSent() - c.tcp().toServer().ackedAt(rst.timeNanos());
        return silent || underWay > UPLOAD_BYTES ? Math.min(0.75, strength) : NONE;
    }

    /** A request of the client's was out: seen in the clear, or as records large enough. */
    boolean requestOut() {
        if (!spoken.http() || course.gap() || !Course.waiting(exchange)) {
            return false;
        }
        if (!exchange.encrypted()) {
            return exchange.request() != null;
        }
        long bytes = exchange.requestEnd() - exchange.requestOffset();
        boolean first = c.isFirst(exchange) && c.tcp().startSeen();
        boolean http2 =
                c.tls()
                        .flatMap(TlsSession::clientHello)
                        .map(hello -> hello.alpn().contains("h2"))
                        .orElse(false);
        return http2
                ? bytes >= (first ? HTTP2_OPENING_BYTES : MIN_ENCRYPTED_REQUEST_BYTES)
                : first || bytes >= MIN_ENCRYPTED_REQUEST_BYTES;
    }

    private double aborted(double strength) {
        if (course.oneSided() || !course.closedByClient()) {
            return NONE;
        }
        if (c.tcp().firstAfterHandshake() == null) {
            // A scanner resets at once, too; a client that waited has a reason.
            boolean waited = c.roundTripNanos() >= LONG_TRIP_NANOS || c.tcp().syns().size() > 1;
            return waited ? Math.min(AMBIGUOUS, strength) : NONE;
        }
        return requestOut() ? Math.min(0.75, strength) : NONE;
    }

    private double tls(Finding finding) {
        if (course.oneSided() || course.gap() || !c.tcp().startSeen()) {
            return NONE;
        }
        boolean silence =
                finding.cause() == Cause.TLS_NO_RESPONSE
                        || finding.cause() == Cause.TLS_HANDSHAKE_STALLED;
        if (silence) {
            return waitedLong() ? atLeast(SOLID, finding.strength()) : NONE;
        }
        boolean done = c.tls().map(TlsSession::handshakeDone).orElse(false);
        boolean refused =
                finding.cause() == Cause.TLS_CLIENT_CERTIFICATE_REQUIRED
                        || finding.cause() == Cause.TLS_CLIENT_CERTIFICATE_REJECTED;
        if (done && !refused && c.session().exchanges().stream().anyMatch(Exchange::answered)) {
            return NONE;
        }
        return finding.strength();
    }

    private double http(Finding finding) {
        if (!spoken.http() || course.oneSided() || course.gap() || exchange == null) {
            return NONE;
        }
        return switch (finding.cause()) {
            case HTTP_ERROR_STATUS -> unasked() ? NONE : finding.strength();
            case PROXY_AUTH_REQUIRED, PROXY_DENIED, PROXY_UPSTREAM_FAILED -> finding.strength();
            case HTTP_NO_RESPONSE, PROXY_NO_RESPONSE ->
                    !requestOut() || !waitedLong()
                            ? NONE
                            : course.open() || exchange.encrypted()
                                    ? Math.min(AMBIGUOUS, finding.strength())
                                    : finding.strength();
            case HTTP_RESPONSE_STALLED ->
                    waitedLong() && !exchange.encrypted() ? finding.strength() : NONE;
            case HTTP_TRANSFER_TOO_SLOW ->
                    course.closedByClient() && !exchange.encrypted()
                            ? Math.min(AMBIGUOUS, finding.strength())
                            : NONE;
            case HTTP_CLOSED_WITHOUT_RESPONSE -> requestOut() ? finding.strength() : NONE;
            case HTTP_TRUNCATED_RESPONSE -> exchange.encrypted() ? NONE : finding.strength();
            case HTTP_MALFORMED_RESPONSE ->
                    exchange.encrypted() || oddlyWritten() ? NONE : finding.strength();
            default -> NONE;
        };
    }

    /** HTTP in small letters is malformed, and understood all the same. */
    private boolean oddlyWritten() {
        return c.session()
                .malformedSample()
                .map(sample -> sample.toLowerCase(Locale.ROOT).startsWith("http/"))
                .orElse(false);
    }

    /** A 401 is a question, and browsers look for icons that nobody promised. */
    private boolean unasked() {
        String target = exchange.request() == null ? "" : exchange.request().target();
        return exchange.status() == UNAUTHORIZED
                || exchange.status() == NOT_FOUND
                        && (target.endsWith("/favicon.ico")
                                || target.endsWith("/robots.txt")
                                || target.contains("/apple-touch-icon"));
    }

    /** The client gave up, or the recording went on for long, without the awaited. */
    private boolean waitedLong() {
        Segment last = null;
        for (Segment segment : c.tcp().segments()) {
            boolean before = segment.timeNanos() <= c.giveUpNanos() - FAREWELL_NANOS;
            if (segment.carriesData() && before) {
                last = segment;
            }
        }
        long waited = last == null ? 0 : c.giveUpNanos() - last.timeNanos();
        return waited >= (course.open() ? PATIENCE_NANOS : MIN_WAIT_NANOS);
    }
}
