package dev.engram.ui.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Passes a file on to a pre-signed URL as it comes, holding one buffer of it. The store takes it whole or not at all: whoever of the three
 * (sender, page, store) goes away in the middle, the request's promised length is not reached, and the store drops what it had.
 */
final class StoreUpload {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int INSUFFICIENT_STORAGE = 507;
  private static final int LONGEST_ANSWER = 4096;
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,60})</Code>");

  private final Duration connect;
  private final Duration answer;

  /**
   * @param connect how long to wait for a connection to the store
   * @param answer how long to wait for its answer once it has the last byte
   */
  StoreUpload(Duration connect, Duration answer) {
    this.connect = connect;
    this.answer = answer;
  }

  /** How it went. Nothing is stored unless it is {@link Stored}. */
  sealed interface Outcome {}

  /** The store has the whole file. */
  record Stored() implements Outcome {}

  /** The sender went away, or sent fewer bytes than it had said. */
  record SenderLeft(long bytes) implements Outcome {}

  /** The store cannot be reached, broke off in the middle, or has trouble that passes. */
  record StoreAway(long bytes, String reason) implements Outcome {}

  /** The store has no space for it. */
  record StoreFull() implements Outcome {}

  /** The store said no, and will again. */
  record Refused(String reason) implements Outcome {}

  /** @param size of the file, in bytes, as its sender said */
  Outcome pass(InputStream file, long size, String url) {
    HttpURLConnection store;
    OutputStream out;
    try {
      store = (HttpURLConnection) URI.create(url).toURL().openConnection();
      store.setRequestMethod("PUT");
      store.setDoOutput(true);
      store.setFixedLengthStreamingMode(size);
      store.setRequestProperty("Content-Type", "application/octet-stream");
      store.setConnectTimeout((int) connect.toMillis());
      store.setReadTimeout((int) answer.toMillis());
      out = store.getOutputStream();
    } catch (IOException e) {
      return new StoreAway(0, reason(e));
    }
    try {
      return pass(file, size, store, out);
    } finally {
      store.disconnect();
    }
  }

  private static Outcome pass(InputStream file, long size, HttpURLConnection store, OutputStream out) {
    byte[] buffer = new byte[BUFFER_BYTES];
    long passed = 0;
    while (passed < size) {
      int read;
      try {
        read = file.read(buffer, 0, (int) Math.min(buffer.length, size - passed));
      } catch (IOException e) {
        return new SenderLeft(passed);
      }
      if (read < 0) {
        return new SenderLeft(passed);
      }
      try {
        out.write(buffer, 0, read);
      } catch (IOException e) {
        return new StoreAway(passed, reason(e));
      }
      passed += read;
    }
    try {
      out.close();
      return answered(store, size);
    } catch (IOException e) {
      return new StoreAway(passed, reason(e));
    }
  }

  private static Outcome answered(HttpURLConnection store, long size) throws IOException {
    int status = store.getResponseCode();
    if (status / 100 == 2) {
      return new Stored();
    }
    if (status < 0) {
      return new StoreAway(size, "no answer in HTTP");
    }
    String reason = "HTTP " + status + code(store);
    if (status == INSUFFICIENT_STORAGE || reason.endsWith("StorageFull") || reason.endsWith("QuotaExceeded")) {
      return new StoreFull();
    }
    return status / 100 == 5 || status == 429 || status == 408 || reason.endsWith("RequestTimeout") ? new StoreAway(size, reason) : new Refused(reason);
  }

  /** S3's word for what is wrong, behind a space; nothing if it said none. */
  private static String code(HttpURLConnection store) throws IOException {
    try (InputStream error = store.getErrorStream()) {
      if (error == null) {
        return "";
      }
      var code = CODE.matcher(new String(error.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
      return code.find() ? " " + code.group(1) : "";
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
