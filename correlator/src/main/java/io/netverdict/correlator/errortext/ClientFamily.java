package io.netverdict.correlator.errortext;

import java.util.List;
import java.util.Locale;

/** HTTP clients whose words differ. */
public enum ClientFamily {
    CURL(List.of("curl"), List.of("curl: (", "curl error", "curle_")),
    WGET(List.of("wget"), List.of("wget: ")),
    GO(
            List.of("go ", "golang", "net/http", "resty"),
            List.of(
                    "net/http: ",
                    "dial tcp",
                    "dial udp",
                    "x509: ",
                    "context deadline exceeded",
                    "context canceled",
                    "read tcp ",
                    "write tcp ",
                    "remote error: tls")),
    JAVA_HTTP_CLIENT(
            List.of("java.net.http"),
            List.of("java.net.http.", "header parser received no bytes", "http connect timed out")),
    OKHTTP(List.of("okhttp", "retrofit"), List.of("okhttp3.", "okio.")),
    APACHE_HTTP_CLIENT(
            List.of("apache", "httpclient5", "httpcomponents"),
            List.of("org.apache.http", "org.apache.hc")),
    REACTOR_NETTY(
            List.of("reactor", "netty", "webclient"),
            List.of("reactor.netty", "io.netty", "webclientrequestexception")),
    AWS_SDK(
            List.of("aws", "boto"),
            List.of("software.amazon.awssdk", "com.amazonaws", "botocore", "sdkclientexception")),
    HTTP_URL_CONNECTION(
            List.of("httpurlconnection", "urlconnection"),
            List.of("sun.net.www", "server returned http response code")),
    JAVA_OTHER(
            List.of("java", "spring", "jersey", "kotlin", "android", "feign"),
            List.of("java.net.", "java.io.", "javax.net.ssl.", "org.springframework")),
    PYTHON(
            List.of("python", "requests", "urllib", "aiohttp", "httpx"),
            List.of(
                    "connectionpool(",
                    "requests.exceptions",
                    "urllib3",
                    "urlopen error",
                    "aiohttp.",
                    "httpx.",
                    "httpcore.",
                    "traceback (most recent",
                    "('connection aborted.'",
                    "(_ssl.c:")),
    NODE(
            List.of("node", "undici", "axios", "got", "fetch", "bun", "deno"),
            List.of(
                    "fetch failed",
                    "und_err_",
                    "socket hang up",
                    "axioserror",
                    "getaddrinfo e",
                    "node:internal",
                    "connect e",
                    "syscall:")),
    RUST(
            List.of("reqwest", "hyper", "rust", "ureq", "isahc"),
            List.of("reqwest::", "hyper::", "hyper_util", "(os error ", "error sending request")),
    DOTNET(
            List.of(".net", "dotnet", "httpclient/system", "c#", "powershell"),
            List.of("system.net.", "system.io.", "system.threading.tasks", "httpclient.timeout")),
    RUBY(
            List.of("ruby", "faraday", "net::http"),
            List.of("errno::e", "net::opentimeout", "net::readtimeout", "openssl::ssl", "faraday")),
    PHP(
            List.of("php", "guzzle"),
            List.of("curl error ", "guzzlehttp", "file_get_contents(", "php_network")),
    CHROMIUM(List.of("chrom", "electron", "edge", "puppeteer", "playwright"), List.of("net::err_")),
    OTHER(List.of(), List.of());

    private final List<String> clientMarks;
    private final List<String> textMarks;

    ClientFamily(List<String> clientMarks, List<String> textMarks) {
        this.clientMarks = clientMarks;
        this.textMarks = textMarks;
    }

    /**
     * The family the report's {@code client} field names (may be null), else the text's marks; the
     * text also says which of Java's clients it was.
     */
    static ClientFamily of(String clientOrNull, ErrorText text) {
        ClientFamily told = clientOrNull == null ? OTHER : marked(clientOrNull, true);
        if (told != OTHER && told != JAVA_OTHER) {
            return told;
        }
        ClientFamily seen = marked(text.lower(), false);
        return seen == OTHER ? told : seen;
    }

    private static ClientFamily marked(String text, boolean byClient) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (ClientFamily family : values()) {
            List<String> marks = byClient ? family.clientMarks : family.textMarks;
            if (marks.stream().anyMatch(lower::contains)) {
                return family;
            }
        }
        return OTHER;
    }
}
