package io.netverdict.capture.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinkHeaderViewTest {
    /** A UDP datagram over IPv4, ports 4660 and 53. */
    private static final String IPV4 =
            "4500 001c 0007 0000 4011 0000 0a4d0001 0a4d0002 1234 0035 0008 0000";

    private static final String MACS = "020000000002 020000000001";
    private static final String SNAP_IPV4 = "aaaa03 000000 0800";
    private static final String WLAN = "2c00 8a15149b5ae0 907240" + "97b6f5 442b03aaab8d 1000";

    /** One 802.11 case has four addresses and an HT control field. */
    static List<Arguments> headersBeforeIpv4() {
        return List.of(
                Arguments.of(LinkType.ETHERNET, MACS + "0800"),
                Arguments.of(LinkType.ETHERNET, MACS + "0024" + SNAP_IPV4),
                Arguments.of(LinkType.ETHERNET, MACS + "8847 00010040 00011140"),
                Arguments.of(LinkType.ETHERNET, MACS + "8100 0064 8864 1100 0001 001e 0021"),
                Arguments.of(LinkType.FDDI, "50" + MACS + SNAP_IPV4),
                Arguments.of(LinkType.PPP, "0021"),
                Arguments.of(LinkType.PPP, "21"),
                Arguments.of(LinkType.PPP_HDLC, "ff03 0021"),
                Arguments.of(LinkType.IEEE802_11, "0801" + WLAN + SNAP_IPV4),
                Arguments.of(LinkType.IEEE802_11, "8801" + WLAN + "0600" + SNAP_IPV4),
                Arguments.of(
                        LinkType.IEEE802_11,
                        "8883" + WLAN + MACS.substring(0, 12) + "0600" + "00000000" + SNAP_IPV4),
                Arguments.of(
                        LinkType.IEEE802_11_RADIOTAP,
                        "0000 0a00 00000000 0000 0801" + WLAN + SNAP_IPV4),
                Arguments.of(LinkType.NFLOG, "0200 002a 0500 0a00 00000000 2000 0900"));
    }

    private static HeaderView view(LinkType linkType, String hex, int wireLength) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new HeaderView()
                .wrap(
                        ByteBuffer.wrap(bytes),
                        0,
                        bytes.length,
                        Math.max(wireLength, bytes.length),
                        linkType);
    }

    @ParameterizedTest
    @MethodSource("headersBeforeIpv4")
    void shouldFindIpv4Behind(LinkType linkType, String header) {
        HeaderView view = view(linkType, header + IPV4, 0);
        assertEquals(4, view.ipVersion(), header);
        assertEquals(HeaderView.ETHERTYPE_IPV4, view.etherType());
        assertEquals(4660, view.sourcePort());
        assertEquals(53, view.destinationPort());
        assertFalse(view.truncated());
        assertFalse(view.malformed());
    }

    @ParameterizedTest
    @MethodSource("headersBeforeIpv4")
    void shouldCallHeadersCutAnywhereTruncated(LinkType linkType, String header) {
        String hex = (header + IPV4).replace(" ", "");
        int transport = hex.length() - 2 * 8;
        for (int length = 0; length <= transport; length += 2) {
            HeaderView view = view(linkType, hex.substring(0, length), hex.length() / 2);
            assertFalse(view.malformed(), header + " length=" + length / 2);
            assertEquals(0, view.transportCapturedLength(), header + " length=" + length / 2);
        }
    }

    @Test
    void shouldKeepTheOuterEthertypeWhereNothingKnownIsInside() {
        HeaderView lcp = view(LinkType.ETHERNET, MACS + "8864 1100 0001 0006 c021 01000004", 0);
        assertEquals(0x8864, lcp.etherType());
        assertEquals(0, lcp.ipVersion());
        HeaderView pseudowire = view(LinkType.ETHERNET, MACS + "8847 00010140 00000000", 0);
        assertEquals(0x8847, pseudowire.etherType());
    }

    @Test
    void shouldLeaveEncryptedAndManagementFramesAlone() {
        for (String control : List.of("0841", "8000", "4801", "c801", "d400")) {
            HeaderView view = view(LinkType.IEEE802_11, control + WLAN + SNAP_IPV4 + IPV4, 0);
            assertEquals(0, view.ipVersion(), control);
            assertFalse(view.malformed(), control);
        }
    }

    @Test
    void shouldEndAtAttributesOfNoLength() {
        HeaderView view = view(LinkType.NFLOG, "0200 002a 0000 0a00 00000000", 0);
        assertTrue(view.malformed());
        assertEquals(0, view.ipVersion());
    }
}
