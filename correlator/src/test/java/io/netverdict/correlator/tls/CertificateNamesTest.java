package io.netverdict.correlator.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hosts a certificate's names cover (RFC 9525 6.3). */
class CertificateNamesTest {

    private static CertificateInfo certificate(
            String subject, List<String> names, List<String> addresses) {
        return new CertificateInfo(
                subject,
                "CN=Test CA",
                names,
                addresses,
                Instant.EPOCH,
                Instant.parse("2030-01-01T00:00:00Z"),
                false,
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example, shop.example, true",
        "shop.example, www.shop.example, false",
        "*.shop.example, www.shop.example, true",
        "*.shop.example, shop.example, false",
        "*.shop.example, a.www.shop.example, false",
        "*.shop.example, wwwshop.example, false",
        "*.example, shop.example, true",
        "w*.shop.example, www.shop.example, false"
    })
    void shouldCoverOneLabelByAWildcardAndNoMore(String name, String host, boolean covers) {
        CertificateInfo info = certificate("CN=other", List.of(name), List.of());

        assertEquals(covers, CertificateNames.cover(info, host));
    }

    @Test
    void shouldCoverAnAddressByAnAddressAlone() {
        CertificateInfo byAddress = certificate("CN=x", List.of(), List.of("192.0.2.7"));
        CertificateInfo byName = certificate("CN=192.0.2.7", List.of("192.0.2.7"), List.of());

        assertEquals(true, CertificateNames.cover(byAddress, "192.0.2.7"));
        assertEquals(false, CertificateNames.cover(byName, "192.0.2.7"));
    }

    @Test
    void shouldTakeTheCommonNameOnlyWhereThereIsNoOther() {
        CertificateInfo old = certificate("CN=shop.example,O=Shop", List.of(), List.of());
        CertificateInfo current = certificate("CN=shop.example", List.of("a.example"), List.of());

        assertEquals(true, CertificateNames.cover(old, "shop.example"));
        assertEquals(false, CertificateNames.cover(current, "shop.example"));
    }
}
