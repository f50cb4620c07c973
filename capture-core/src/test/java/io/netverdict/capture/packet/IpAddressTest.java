package io.netverdict.capture.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    /** RFC 5952: the longest run of zeros is shortened, the first of equals, never a single one. */
    @ParameterizedTest
    @CsvSource({
        "10.77.0.1, 10.77.0.1",
        "255.255.255.255, 255.255.255.255",
        "0.0.0.0, 0.0.0.0",
        "[10.0.0.100], 10.0.0.100",
        "01.00.0.249%eth0, 1.0.0.249",
        "::, ::",
        "::1, ::1",
        "2001:DB8::0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "fe80::, fe80::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "[2001:db8::1], 2001:db8::1",
        "fe80::1%eth0, fe80::1",
        "::ffff:10.0.0.1, ::ffff:a00:1",
    })
    void shouldPrintInCanonicalForm(String text, String canonical) {
        IpAddress address = IpAddress.parse(text).orElseThrow();
        assertEquals(canonical, address.toString());
        assertEquals(Optional.of(address), IpAddress.parse(address.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0",
                "10.0.0.",
                ".10.0.0",
                "10..0.0",
                "256.1.1.1",
                "1.1.1.256",
                "1.1.1.0010",
                "010.0.0.1",
                "1.1.1.99999999999",
                "1.1.1.\u0661",
                "-1.1.1.1",
                "localhost",
                "1:2:3",
                ":::",
                "12345::",
                "10.0.0.1.2"
            })
    void shouldNotTakeOtherTextForAnAddress(String text) {
        assertEquals(Optional.empty(), IpAddress.parse(text));
    }

    @Test
    void shouldOrderUnsigned() {
        IpAddress low = IpAddress.parse("10.0.0.1").orElseThrow();
        IpAddress high = IpAddress.parse("200.0.0.1").orElseThrow();
        IpAddress v6 = IpAddress.parse("::1").orElseThrow();
        IpAddress highV6 = IpAddress.parse("ff02::1").orElseThrow();
        assertTrue(low.compareTo(high) < 0);
        assertTrue(high.compareTo(v6) < 0);
        assertTrue(v6.compareTo(highV6) < 0);
    }

    @Test
    void shouldKnowSpecialAddresses() {
        assertTrue(IpAddress.parse("127.1.2.3").orElseThrow().isLoopback());
        assertTrue(IpAddress.parse("::1").orElseThrow().isLoopback());
        assertTrue(IpAddress.parse("224.0.0.251").orElseThrow().isMulticast());
        assertTrue(IpAddress.parse("ff02::1").orElseThrow().isMulticast());
        assertTrue(IpAddress.parse("169.254.1.1").orElseThrow().isLinkLocal());
        assertTrue(IpAddress.parse("fe80::1").orElseThrow().isLinkLocal());
        assertTrue(IpAddress.parse("0.0.0.0").orElseThrow().isUnspecified());
    }

    @Test
    void shouldRefuseOtherLengths() {
        assertThrows(IllegalArgumentException.class, () -> IpAddress.of(new byte[5]));
    }
}
