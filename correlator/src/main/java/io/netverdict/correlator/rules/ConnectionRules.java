package io.netverdict.correlator.rules;

import java.util.List;

/**
 * All rules on connections, in the order in which their causes lie to the root: of several that fit
 * one connection, the earliest wins (see the catalogue's boundaries).
 */
public final class ConnectionRules {
    private static final List<ConnectionRule> ALL =
            List.of(
                    new IcmpConnectRule(),
                    new RefusedRule(),
                    new SynUnansweredRule(),
                    new OwnHostResetRule(),
                    new FragmentsLostRule(),
                    new MtuExceededRule(),
                    new HandshakeIncompleteRule(),
                    new PacketLossRule(),
                    new MtuBlackholeRule(),
                    new ClientHelloDroppedRule(),
                    new ZeroWindowRule(),
                    new PeerVanishedRule(),
                    new NotTlsRule(),
                    new ClientCertificateRule(),
                    new ServerCertificateRule(),
                    new TlsAlertRule(),
                    new ProxyRule(),
                    new HttpStatusRule(),
                    new StaleConnectionRule(),
                    new ClosedInHandshakeRule(),
                    new ResetRule(),
                    new Http2Rule(),
                    new HttpMalformedRule(),
                    new HttpCloseRule(),
                    new ClientGaveUpRule(),
                    new TlsSilenceRule(),
                    new HttpSilenceRule(),
                    new HttpTransferRule(),
                    new HealthyRule());

    private ConnectionRules() {}

    public static List<ConnectionRule> all() {
        return ALL;
    }
}
