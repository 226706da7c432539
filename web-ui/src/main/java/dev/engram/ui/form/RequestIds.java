package dev.engram.ui.form;

import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Ids that make a submission safe to repeat: the same content sent twice is one request to the service, other content is
 * another one.
 */
public final class RequestIds {
  private final Map<Message, String> ids = new HashMap<>();

  /** @param request the request without an id */
  public String of(Message request) {
    return ids.computeIfAbsent(request, _ -> UUID.randomUUID().toString());
  }

  /** Forgets what was sent, so that the same content can be sent on purpose again. */
  public void forget() {
    ids.clear();
  }
}
