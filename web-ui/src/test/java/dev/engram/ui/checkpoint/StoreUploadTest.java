package dev.engram.ui.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.ui.checkpoint.StoreUpload.Outcome;
import dev.engram.ui.checkpoint.StoreUpload.Refused;
import dev.engram.ui.checkpoint.StoreUpload.SenderLeft;
import dev.engram.ui.checkpoint.StoreUpload.StoreAway;
import dev.engram.ui.checkpoint.StoreUpload.StoreFull;
import dev.engram.ui.checkpoint.StoreUpload.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Every way an upload can end, against a store that does what it is told on the wire. */
class StoreUploadTest {
  private static final int SIZE = 8 << 20;
  private static final byte[] FILE = new byte[SIZE];
  private static final StoreUpload UPLOAD = new StoreUpload(Duration.ofSeconds(5), Duration.ofSeconds(5));

  /** Reads the head of one PUT and {@code bytes} of its body, answers, and closes. */
  private static final class OnePut implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();

    OnePut(int bytes, String answer) throws IOException {
      Thread.ofVirtual().start(() -> {
        try (Socket connection = socket.accept()) {
          InputStream in = connection.getInputStream();
          StringBuilder head = new StringBuilder();
          while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
          }
          body.complete(in.readNBytes(bytes));
          connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
          body.completeExceptionally(e);
        }
      });
    }

    Outcome pass(InputStream file, long size) {
      return UPLOAD.pass(file, size, "http://127.0.0.1:" + socket.getLocalPort() + "/uploads/1?sign=x");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static String answer(String status, String body) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
  }

  private static Outcome answered(String status, String body) throws IOException {
    try (OnePut store = new OnePut(3, answer(status, body))) {
      return store.pass(new ByteArrayInputStream(FILE), 3);
    }
  }

  @Test
  void whatTheStoreHasIsWhatWasSent() throws Exception {
    byte[] file = {1, 2, 3, 4, 5, 6, 7};
    try (OnePut store = new OnePut(file.length, answer("200 OK", ""))) {
      assertEquals(new Stored(), store.pass(new ByteArrayInputStream(file), file.length));
      assertArrayEquals(file, store.body.get());
    }
  }

  @Test
  void aStoreThatBreaksOffInTheMiddleIsAway() throws Exception {
    try (OnePut store = new OnePut(1000, "")) {
      StoreAway away = assertInstanceOf(StoreAway.class, store.pass(new ByteArrayInputStream(FILE), SIZE));
      assertTrue(away.bytes() < SIZE, () -> away.bytes() + " of " + SIZE);
    }
  }

  @Test
  void aStoreThatIsNotThereIsAway() throws Exception {
    int port;
    try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = nobody.getLocalPort();
    }
    assertEquals(0, assertInstanceOf(StoreAway.class, UPLOAD.pass(new ByteArrayInputStream(FILE), SIZE, "http://127.0.0.1:" + port + "/uploads/1")).bytes());
  }

  @Test
  void aStoreThatHasItAllAndEndsWithoutAWordIsAway() throws Exception {
    try (OnePut store = new OnePut(3, "")) {
      assertInstanceOf(StoreAway.class, store.pass(new ByteArrayInputStream(FILE), 3));
    }
  }

  @Test
  void whatTheStoreSaysIsTold() throws Exception {
    assertEquals(new StoreFull(), answered("507 Insufficient Storage", ""));
    assertEquals(new StoreFull(), answered("400 Bad Request", "<Error><Code>XMinioStorageFull</Code></Error>"));
    assertEquals(new StoreAway(3, "HTTP 503 SlowDown"), answered("503 Service Unavailable", "<Error><Code>SlowDown</Code></Error>"));
    assertEquals(new StoreAway(3, "HTTP 500"), answered("500 Internal Server Error", ""));
    assertEquals(new Refused("HTTP 403 AccessDenied"), answered("403 Forbidden", "<Error><Code>AccessDenied</Code><Message>no</Message></Error>"));
  }

  /** The length that was promised is not reached, which is how the store knows to keep nothing. */
  @Test
  void aSenderThatLeavesLeavesNothing() throws Exception {
    try (OnePut store = new OnePut(SIZE, "")) {
      int sent = 1 << 20;
      assertEquals(new SenderLeft(sent), store.pass(new ByteArrayInputStream(FILE, 0, sent), SIZE));
      assertTrue(store.body.get().length <= sent);
    }
    try (OnePut store = new OnePut(SIZE, "")) {
      InputStream broken = new InputStream() {
        @Override
        public int read() throws IOException {
          throw new IOException("connection reset");
        }
      };
      assertEquals(new SenderLeft(0), store.pass(broken, SIZE));
    }
  }
}
