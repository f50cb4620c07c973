package io.netverdict.correlator.session;

import io.netverdict.capture.packet.DecodedPacket;
import io.netverdict.correlator.session.Exchange.Completion;
import io.netverdict.correlator.tcp.TcpConnection;
import io.netverdict.correlator.tls.TlsRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Requests and responses inside TLS, told from the records of application data: a burst of the
 * client's, then a burst of the server's.
 *
 * <p>Session tickets (RFC 8446 4.6.1) look like application data too; so do HTTP/2's settings. They
 * come within one round trip of the handshake's end, are few and small.
 */
final class EncryptedExchanges {
    private static final int MAX_TICKETS = 4;
    private static final int MAX_TICKET_LENGTH = 1400;

    /** HTTP/2 SETTINGS, WINDOW_UPDATE, PING, GOAWAY and their acknowledgments stay below this. */
    private static final int MAX_CONTROL_LENGTH = 100;

    /** Alerts and control frames at the end of a connection are no request. */
    private static final int MIN_REQUEST_LENGTH = 40;

    private static final long PROMPT_NANOS = 20_000_000L;

    /** A client that got what it wanted goes on or closes sooner than this. */
    private static final long WAITING_NANOS = 900_000_000L;

    private record Turn(boolean fromClient, TlsRecord record, long nanos) {}

    private EncryptedExchanges() {}

    static List<Exchange> of(TcpConnection tcp, TlsSession tls) {
        if (!tls.handshakeDone()) {
            return List.of();
        }
        boolean h2 = tls.clientHello().map(hello -> hello.alpn().contains("h2")).orElse(false);
        List<TlsRecord> fromServer = withoutTickets(tcp, tls);
        List<Turn> turns = new ArrayList<>();
        for (TlsRecord record : tls.clientApplicationData()) {
            if (!TlsSession.isHiddenAlert(record) || !tls.tls13()) {
                add(turns, true, record);
            }
        }
        for (TlsRecord record : fromServer) {
            if (!TlsSession.isHiddenAlert(record) || !tls.tls13()) {
                add(turns, false, record);
            }
        }
        turns.sort(Comparator.comparingLong(Turn::nanos));
        return exchanges(turns, h2);
    }

    private static void add(List<Turn> turns, boolean fromClient, TlsRecord record) {
        if (record.first() != null) {
            turns.add(new Turn(fromClient, record, record.first().timeNanos()));
        }
    }

    private static List<TlsRecord> withoutTickets(TcpConnection tcp, TlsSession tls) {
        List<TlsRecord> records = tls.serverApplicationData();
        if (!tls.tls13() || records.isEmpty() || tls.clientFinished() == null) {
            return records;
        }
        List<TlsRecord> requests = tls.clientApplicationData();
        long requestNanos =
                requests.isEmpty() || requests.get(0).first() == null
                        ? Long.MAX_VALUE
                        : requests.get(0).first().timeNanos();
        long roundTrip = Math.max(0, tcp.roundTripNanos());
        long finishedNanos = tls.clientFinished().first().timeNanos();
        int tickets = 0;
        for (TlsRecord record : records) {
            long arrived = record.first() == null ? finishedNanos : record.first().timeNanos();
            boolean small = record.length() <= MAX_TICKET_LENGTH;
            boolean early =
                    requestNanos == Long.MAX_VALUE || arrived < requestNanos + roundTrip * 9 / 10;
            // Two tickets of one size, sent as soon as the Finished was there (OpenSSL's way).
            boolean prompt = arrived < finishedNanos + roundTrip * 3 / 2 + PROMPT_NANOS;
            int neighbor = tickets == 0 ? 1 : tickets - 1;
            boolean twin =
                    prompt
                            && neighbor < records.size()
                            && records.get(neighbor).length() == record.length();
            boolean lone = prompt && records.size() == 1 && waitsBehind(tcp, arrived);
            if (tickets < MAX_TICKETS && small && (early || twin || lone)) {
                tickets++;
            } else {
                break;
            }
        }
        return records.subList(tickets, records.size());
    }

    /** Whether the connection then stayed open in silence, as it does while a client waits. */
    private static boolean waitsBehind(TcpConnection tcp, long nanos) {
        return tcp.segments().stream()
                .filter(s -> s.timeNanos() > nanos && (s.carriesData() || s.fin() || s.rst()))
                .findFirst()
                .map(s -> s.timeNanos() - nanos > WAITING_NANOS)
                .orElse(true);
    }

    private static List<Exchange> exchanges(List<Turn> turns, boolean h2) {
        List<Exchange> exchanges = new ArrayList<>();
        List<TlsRecord> request = new ArrayList<>();
        List<TlsRecord> response = new ArrayList<>();
        for (Turn turn : turns) {
            if (turn.fromClient()) {
                boolean begins = turn.record().length() >= MIN_REQUEST_LENGTH;
                if (!response.isEmpty() && begins) {
                    exchanges.add(exchange(request, response));
                    request = new ArrayList<>();
                    response = new ArrayList<>();
                }
                if (begins || !request.isEmpty() && response.isEmpty()) {
                    request.add(turn.record());
                }
            } else if (!request.isEmpty()
                    && (!h2
                            || turn.record().length() > MAX_CONTROL_LENGTH
                            || !response.isEmpty())) {
                response.add(turn.record());
            }
        }
        if (!request.isEmpty()) {
            exchanges.add(exchange(request, response));
        }
        return exchanges;
    }

    private static Exchange exchange(List<TlsRecord> request, List<TlsRecord> response) {
        TlsRecord first = request.get(0);
        TlsRecord last = request.get(request.size() - 1);
        DecodedPacket requestLast = last.last() == null ? first.first() : last.last();
        long seen = response.stream().mapToLong(TlsRecord::length).sum();
        boolean broken = !response.isEmpty() && !response.get(response.size() - 1).complete();
        return new Exchange(
                true,
                null,
                null,
                first.offset(),
                last.end(),
                first.first(),
                requestLast,
                last.complete(),
                response.isEmpty() ? -1 : response.get(0).offset(),
                seen,
                response.isEmpty() ? null : response.get(0).first(),
                response.isEmpty() ? null : lastPacket(response),
                response.isEmpty()
                        ? Completion.NONE
                        : broken ? Completion.PARTIAL : Completion.UNKNOWN,
                -1,
                seen);
    }

    private static DecodedPacket lastPacket(List<TlsRecord> records) {
        DecodedPacket last = records.get(0).first();
        for (TlsRecord record : records) {
            if (record.last() != null) {
                last = record.last();
            }
        }
        return last;
    }
}
