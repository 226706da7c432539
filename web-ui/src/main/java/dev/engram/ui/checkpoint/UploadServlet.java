package dev.engram.ui.checkpoint;

import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.CreateUploadRequest;
import dev.engram.v1.CreateUploadResponse;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code PUT upload}: a file of the browser, passed on to the store as it comes; nothing of it is kept here. Answered with its
 * name in the store, {@code {"upload": "uploads/…", "size": …}}.
 */
@WebServlet("/upload")
public class UploadServlet extends HttpServlet {
  private static final Logger LOG = Logger.getLogger(UploadServlet.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final JsonMapper JSON = new JsonMapper();

  @Inject
  transient Services services;

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
    long size = request.getContentLengthLong();
    if (size <= 0) {
      say(response, size < 0 ? HttpServletResponse.SC_LENGTH_REQUIRED : HttpServletResponse.SC_BAD_REQUEST, "The file is empty, or its size is not said.");
      return;
    }
    CreateUploadResponse ticket;
    try {
      ticket = services.artifacts().createUpload(CreateUploadRequest.getDefaultInstance()).await().atMost(PATIENCE);
    } catch (RuntimeException e) {
      Failure failure = Failure.of(e, "artifact");
      say(response, failure.transientFailure() ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : HttpServletResponse.SC_BAD_GATEWAY, failure.message());
      return;
    }
    if (size > ticket.getMaxBytes()) {
      say(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "The file has " + size + " bytes, at most " + ticket.getMaxBytes()
          + " can be uploaded: put it into a bucket and import it by its S3 name.");
      return;
    }
    int status = put(request.getInputStream(), size, ticket.getUrl());
    if (status / 100 != 2) {
      LOG.errorf("The store answered %d to the upload of %d bytes", status, size);
      say(response, HttpServletResponse.SC_BAD_GATEWAY, "The store refused the file (HTTP " + status + ").");
      return;
    }
    response.setContentType("application/json");
    response.getWriter().print(JSON.writeValueAsString(Map.of("upload", ticket.getUpload(), "size", size)));
  }

  private static int put(InputStream file, long size, String url) throws IOException {
    HttpURLConnection store = (HttpURLConnection) URI.create(url).toURL().openConnection();
    store.setRequestMethod("PUT");
    store.setDoOutput(true);
    store.setFixedLengthStreamingMode(size);
    store.setRequestProperty("Content-Type", "application/octet-stream");
    store.setConnectTimeout((int) PATIENCE.toMillis());
    try (OutputStream out = store.getOutputStream()) {
      file.transferTo(out);
    }
    return store.getResponseCode();
  }

  private static void say(HttpServletResponse response, int status, String text) throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain;charset=utf-8");
    response.getWriter().print(text);
  }
}
