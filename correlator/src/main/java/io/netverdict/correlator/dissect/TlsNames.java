package io.netverdict.correlator.dissect;

import io.netverdict.correlator.tls.TlsAlert;
import io.netverdict.correlator.tls.TlsAlertDescription;
import io.netverdict.correlator.tls.TlsHandshake;
import io.netverdict.correlator.tls.TlsHandshake.ServerHello;
import io.netverdict.correlator.tls.TlsHandshakeType;
import io.netverdict.correlator.tls.TlsRecord;
import java.util.Locale;

/** TLS numbers as the RFCs write them: {@code client_hello}, {@code handshake_failure}. */
final class TlsNames {
    private TlsNames() {}

    static String contentType(int type) {
        return switch (type) {
            case TlsRecord.CHANGE_CIPHER_SPEC -> "change_cipher_spec";
            case TlsRecord.ALERT -> "alert";
            case TlsRecord.HANDSHAKE -> "handshake";
            case TlsRecord.APPLICATION_DATA -> "application_data";
            case TlsRecord.HEARTBEAT -> "heartbeat";
            default -> "type_" + type;
        };
    }

    static String handshake(TlsHandshake message) {
        if (message instanceof ServerHello hello && hello.helloRetryRequest()) {
            return "hello_retry_request";
        }
        TlsHandshakeType type = TlsHandshakeType.of(message.type());
        return type == TlsHandshakeType.UNKNOWN
                ? "type_" + message.type()
                : type.name().toLowerCase(Locale.ROOT);
    }

    static String alertLevel(int level) {
        return switch (level) {
            case TlsAlert.WARNING -> "warning";
            case TlsAlert.FATAL -> "fatal";
            default -> "level_" + level;
        };
    }

    static String alertDescription(TlsAlert alert) {
        TlsAlertDescription description = alert.descriptionName();
        return description == TlsAlertDescription.UNKNOWN
                ? "description_" + alert.description()
                : description.name().toLowerCase(Locale.ROOT);
    }
}
