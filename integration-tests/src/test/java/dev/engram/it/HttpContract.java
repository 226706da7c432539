package dev.engram.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files by HTTP, as a script or a browser meets them: whatever is asked for, the answer is the file, or a status and a sentence. */
interface HttpContract {

    int port();

    @Test
    default void whatIsNotThereIsSaidInASentence() throws Exception {
        String none = "0".repeat(64);
        for (String path : List.of(
                "download/x", "download/" + none + "/a.csv", "download/" + none + "/..%2f..%2fa.csv", "download/" + none + "/%e2%82%ac.csv",
                "export/nope/encoder.safetensors", "export/nope/everything.safetensors", "export/%c3%a4/encoder.safetensors",
                "picture/nope/1.png", "picture/nope/" + "9".repeat(30) + ".png", "picture/..%2f/1.png", "picture/nope/1.png?cell=x")) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(address(path)).build());
            assertEquals(404, answer.statusCode(), () -> path + ": " + answer.body());
            assertSentence(path, answer);
        }
    }

    @Test
    default void anUploadThatCannotBeIsRefusedWithAReason() throws Exception {
        HttpResponse<String> empty = send(HttpRequest.newBuilder(address("upload")).PUT(BodyPublishers.ofByteArray(new byte[0])).build());
        assertTrue(empty.statusCode() == 400 || empty.statusCode() == 411, empty::toString);
        assertSentence("empty", empty);
        HttpResponse<String> unknown = send(HttpRequest.newBuilder(address("upload"))
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[100]))).build());
        assertEquals(411, unknown.statusCode());
        assertSentence("no length", unknown);
    }

    /** Nothing of the half file is left to be named, and the next upload goes as if nothing had been. */
    @Test
    default void aSenderThatLeavesInTheMiddleHarmsNobody() throws Exception {
        try (Socket sender = new Socket("127.0.0.1", port())) {
            sender.getOutputStream().write("PUT /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nonly this".getBytes(StandardCharsets.US_ASCII));
            sender.getOutputStream().flush();
        }
        HttpResponse<String> stored = send(HttpRequest.newBuilder(address("upload")).PUT(BodyPublishers.ofByteArray(new byte[1000])).build());
        assertEquals(200, stored.statusCode(), stored::body);
        assertTrue(stored.body().contains("\"uploads/") && stored.body().contains("1000"), stored::body);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port() + "/" + path);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private static void assertSentence(String asked, HttpResponse<String> answer) {
        String said = answer.body().strip();
        assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"), () -> asked + ": " + answer.headers().map());
        assertFalse(said.isEmpty() || said.contains("\n") || said.contains("Exception") || said.contains("<"), () -> asked + ": " + said);
    }
}
