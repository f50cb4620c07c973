package io.netverdict.correlator.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netverdict.correlator.decode.TestBytes;
import io.netverdict.correlator.tls.TlsHandshake.Certificate;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateReaderTest {
    private static final String PASSWORD = "changeit";
    private static byte[] der;

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "it",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=Shop,O=Example",
                                "-startdate",
                                "2020/01/02 03:04:05",
                                "-validity",
                                "30",
                                "-ext",
                                "san=dns:*.Shop.example,dns:shop.example,ip:192.0.2.1",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(keytool.getInputStream().readAllBytes());
        assertEquals(0, keytool.waitFor(), output);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        der = keys.getCertificate("it").getEncoded();
    }

    private static Certificate read(byte[] message, int captured) {
        byte[] record = TlsMessages.record(22, message);
        return TlsDecoder.decode(TestBytes.cutStream(record, record.length, captured), false)
                .first(Certificate.class)
                .orElseThrow();
    }

    @Test
    void shouldReadNamesAndDates() {
        Certificate message = read(TlsMessages.certificate(der, der), 1 << 16);
        assertTrue(message.complete());
        assertFalse(message.empty());
        assertEquals(2, message.chain().size());
        CertificateInfo info = message.chain().get(0);
        assertEquals("CN=Shop,O=Example", info.subject());
        assertEquals(List.of("*.shop.example", "shop.example"), info.dnsNames());
        assertEquals(List.of("192.0.2.1"), info.ipNames());
        assertTrue(info.selfSigned());
        assertFalse(info.ca());
        assertEquals(Duration.ofDays(30), Duration.between(info.notBefore(), info.notAfter()));
        assertTrue(info.notAfter().isBefore(Instant.parse("2020-02-03T00:00:00Z")));
    }

    @Test
    void shouldKeepTheCertificatesBeforeTheCut() {
        byte[] message = TlsMessages.certificate(der, der);
        Certificate cut = read(message, 5 + 4 + 3 + 3 + der.length + 10);
        assertEquals(1, cut.chain().size());
        assertFalse(cut.complete());
        Certificate nothing = read(message, 5 + 4 + 50);
        assertTrue(nothing.chain().isEmpty());
        assertFalse(nothing.empty());
        assertEquals(message.length - 4, nothing.length());
    }

    @Test
    void shouldTellAnEmptyCertificateMessage() {
        assertTrue(read(TlsMessages.certificate(), 1 << 16).empty());
    }

    @Test
    void shouldGiveNoneForBrokenEncodings() {
        Random random = new Random(TestBytes.seed("CertificateReaderTest"));
        assertTrue(CertificateReader.read(new byte[0]).isEmpty());
        assertTrue(CertificateReader.read(Arrays.copyOf(der, der.length / 2)).isEmpty());
        int read = 0;
        for (int i = 0; i < 2_000; i++) {
            read += CertificateReader.read(TestBytes.mutate(der, random)).isPresent() ? 1 : 0;
        }
        assertTrue(read < 2_000, "read=" + read);
    }
}
