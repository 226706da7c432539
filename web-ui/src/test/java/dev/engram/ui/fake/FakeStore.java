package dev.engram.ui.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An object store as far as pre-signed URLs need one: PUT and GET of whole objects in memory. */
final class FakeStore implements AutoCloseable {
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final HttpServer server;

  FakeStore() throws IOException {
    objects.put("/objects/weights", "weights".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it is, ending in a slash. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String key = exchange.getRequestURI().getPath();
      if (exchange.getRequestMethod().equals("PUT")) {
        objects.put(key, exchange.getRequestBody().readAllBytes());
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      byte[] object = objects.get(key);
      exchange.sendResponseHeaders(object == null ? 404 : 200, object == null ? -1 : object.length);
      if (object != null) {
        exchange.getResponseBody().write(object);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
