package dev.engram.ui.checkpoint;

import dev.engram.ui.checkpoint.StoreUpload.Refused;
import dev.engram.ui.checkpoint.StoreUpload.SenderLeft;
import dev.engram.ui.checkpoint.StoreUpload.StoreAway;
import dev.engram.ui.checkpoint.StoreUpload.StoreFull;
import dev.engram.ui.checkpoint.StoreUpload.Stored;
import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.HttpAnswers;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.CreateUploadRequest;
import dev.engram.v1.CreateUploadResponse;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code PUT upload}: a file of the browser, passed on to the store as it comes; nothing of it is kept here. Answered with its
 * name in the store, {@code {"upload": "uploads/…", "size": …}}, or with a status and a sentence: 400 or 411 for a file without bytes or of another size
 * than was said, 413 for one that is too large, 503 when the store is away and the same request may succeed later, 507 when it is full.
 */
@WebServlet("/upload")
public class UploadServlet extends HttpServlet {
  private static final Logger LOG = Logger.getLogger(UploadServlet.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int INSUFFICIENT_STORAGE = 507;
  private static final StoreUpload STORE = new StoreUpload(PATIENCE, Duration.ofMinutes(2));
  private static final JsonMapper JSON = new JsonMapper();

  @Inject
  transient Services services;

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
    long size = request.getContentLengthLong();
    if (size <= 0) {
      HttpAnswers.say(response, size < 0 ? HttpServletResponse.SC_LENGTH_REQUIRED : HttpServletResponse.SC_BAD_REQUEST,
          size < 0 ? "How many bytes the file has must be said beforehand, as Content-Length." : "The file is empty.");
      return;
    }
    CreateUploadResponse ticket;
    try {
      ticket = services.artifacts().createUpload(CreateUploadRequest.getDefaultInstance()).await().atMost(PATIENCE);
    } catch (RuntimeException e) {
      HttpAnswers.refuse(response, Failure.of(e, "artifact"));
      return;
    }
    if (size > ticket.getMaxBytes()) {
      HttpAnswers.say(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "The file has " + size + " bytes, at most " + ticket.getMaxBytes()
          + " can be uploaded: put it into a bucket and import it by its S3 name.");
      return;
    }
    switch (STORE.pass(request.getInputStream(), size, ticket.getUrl())) {
      case Stored _ -> {
        response.setContentType("application/json");
        response.getWriter().print(JSON.writeValueAsString(Map.of("upload", ticket.getUpload(), "size", size)));
      }
      case SenderLeft left -> {
        LOG.infof("An upload ended after %d of %d bytes", left.bytes(), size);
        HttpAnswers.say(response, HttpServletResponse.SC_BAD_REQUEST,
            "The file ended after " + left.bytes() + " of " + size + " bytes. Nothing of it was kept; send it again.");
      }
      case StoreAway away -> {
        LOG.warnf("The store broke off %s after %d of %d bytes: %s", ticket.getUpload(), away.bytes(), size, away.reason());
        HttpAnswers.say(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The object store broke off after " + away.bytes() + " of " + size
            + " bytes (" + away.reason() + "). Nothing of the file was kept; send it again when the store is back.");
      }
      case StoreFull _ -> HttpAnswers.say(response, INSUFFICIENT_STORAGE,
          "The object store has no space for " + size + " bytes. Nothing of the file was kept; delete runs that nobody needs, or give the store more space, and send it again.");
      case Refused refused -> {
        LOG.errorf("The store refused %s of %d bytes: %s", ticket.getUpload(), size, refused.reason());
        HttpAnswers.say(response, HttpServletResponse.SC_BAD_GATEWAY, "The object store refused the file (" + refused.reason() + "). Nothing of it was kept.");
      }
    }
  }
}
