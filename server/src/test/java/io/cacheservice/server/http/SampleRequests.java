package io.cacheservice.server.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** One request of each kind, and what breaks requests. */
@NullMarked
final class SampleRequests {
    static final List<String> TRANSFER_ENCODINGS = List.of(
            "Transfer-Encoding: chunked",
            "transfer-encoding: CHUNKED",
            "Transfer-Encoding:chunked",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: identity",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked;q=1",
            "Transfer-Encoding:\tchunked",
            "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding : chunked",
            " Transfer-Encoding: chunked");
    static final List<String> CONTENT_LENGTHS = List.of(
            "Content-Length: 5",
            "content-length: 0",
            "Content-Length:3",
            "Content-Length: 3, 3",
            "Content-Length: 5\r\nContent-Length: 6",
            "Content-Length: +5",
            "Content-Length: 0x5",
            "Content-Length: 5 ",
            "Content-Length : 5",
            "Content-Length: -1",
            "Content-Length: 99999999999999999999");
    static final List<String> WORDS = List.of(
            "\r\n",
            "\n",
            "\r",
            "\r\n\r\n",
            ":",
            " ",
            "\t",
            "\0",
            "/",
            "//",
            "/../",
            "/./",
            "%2e%2e/",
            "%2f",
            "%5c",
            "%00",
            "%0d%0aX-Injected: 1",
            "%c0%af",
            "%u0041",
            ";a=b",
            "?",
            "#",
            "&",
            "key=",
            "\\",
            "HTTP/1.0",
            "HTTP/2.0",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "http://evil.example/",
            "Transfer-Encoding: chunked\r\n",
            "Content-Length: 3\r\n",
            "Expect: 100-continue\r\n",
            "Upgrade: h2c\r\nConnection: Upgrade\r\n",
            "Connection: close\r\n",
            "Host: evil.example\r\n",
            "Content-Encoding: gzip\r\n",
            "Range: bytes=0-1\r\n",
            "If-None-Match: *\r\n",
            "If-Match: \"x\"\r\n",
            "Content-Type: multipart/form-data; boundary=x\r\n",
            "Content-Type: text/html; charset=bogus\r\n",
            "\"\\ud800\"",
            "\u00ff\u00fe");

    private SampleRequests() {}

    static List<String> all(String token, String mark) {
        String marked = URLEncoder.encode(mark, StandardCharsets.UTF_8).replace("+", "%20");
        List<String> all = new ArrayList<>();
        for (String key : List.of("a", "k%C3%A9y", marked)) {
            all.add(request("GET", "/v1/entries/" + key, token, ""));
            all.add(request("HEAD", "/v1/entries/" + key, token, ""));
            all.add(request("DELETE", "/v1/entries/" + key, token, ""));
            all.add(request("PUT", "/v1/entries/" + key + "?ttl=10m", token, "Content-Length: 5\r\n") + "hello");
            all.add(request("PUT", "/v1/entry?key=" + key, token, "Transfer-Encoding: chunked\r\n")
                    + "5\r\nhello\r\n0\r\n\r\n");
            all.add(request("GET", "/v1/inspect?key=" + key, token, ""));
            all.add(request("GET", "/v1/keys?prefix=" + key + "&cursor=abc", token, ""));
            all.add(request("DELETE", "/v1/keys?prefix=" + key, token, ""));
            all.add(request("DELETE", "/v1/tags?cache=users&tag=" + key, token, ""));
            all.add(request("GET", "/v1/" + key, token, ""));
        }
        for (String target :
                List.of("/v1/stats", "/healthz", "/readyz", "/v1/coherence", "/v1/hottest?limit=3", "/openapi.json")) {
            all.add(request("GET", target, token, ""));
        }
        all.add(json("/v1/entries:get", token, "{\"keys\": [\"a\", \"" + mark + "\"]}"));
        all.add(json(
                "/v1/entries:set",
                token,
                "{\"ttl\": \"1h\", \"entries\": [{\"key\": \"a\", \"text\": \"one\"},"
                        + " {\"key\": \"b\", \"base64\": \"/wA=\", \"contentType\": \"text/plain\"}]}"));
        all.add(json("/v1/entries:delete", token, "{\"keys\": [\"a\", \"b\"]}"));
        all.add(json("/v1/prewarm", token, "{\"keys\": [\"a\"], \"concurrency\": 2, \"keysPerSecond\": 1000}"));
        all.add(json("/v1/refresh", token, "{\"key\": \"a\", \"threshold\": \"1s\", \"probability\": 0.5}"));
        all.add(json("/v1/expire", token, "{\"key\": \"a\", \"ttl\": \"10m\"}"));
        all.add(request("GET", "/v1/entries/a", token, "")
                + request("GET", "/v1/entries/b", token, "Connection: close\r\n"));
        return all;
    }

    private static String json(String target, String token, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return request("POST", target, token, "Content-Type: application/json\r\nContent-Length: " + length + "\r\n")
                + body;
    }

    private static String request(String method, String target, String token, String fields) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n"
                + fields + "\r\n";
    }
}
