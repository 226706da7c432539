package dev.engram.ui.rpc;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the page's addresses for files answer when they do not answer with the file: a status and one sentence of plain text. */
public final class HttpAnswers {
  private static final String RETRY_AFTER_SECONDS = "5";

  private HttpAnswers() {}

  /**
   * Answers with a failed call's reason.
   *
   * @throws IOException if part of the file has been sent already: the connection is closed, so that nobody takes the part for the whole
   */
  public static void refuse(HttpServletResponse response, Failure failure) throws IOException {
    say(response, status(failure), failure.text());
  }

  /** Answers with a sentence; 503 comes with a time after which to ask again. */
  public static void say(HttpServletResponse response, int status, String text) throws IOException {
    if (response.isCommitted()) {
      throw new IOException(text);
    }
    response.reset();
    response.setStatus(status);
    response.setContentType("text/plain;charset=utf-8");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
    response.getWriter().println(text);
  }

  /** 404 with a sentence. */
  public static void missing(HttpServletResponse response, String text) throws IOException {
    say(response, HttpServletResponse.SC_NOT_FOUND, text);
  }

  static int status(Failure failure) {
    return switch (failure.code()) {
      case NOT_FOUND -> HttpServletResponse.SC_NOT_FOUND;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> HttpServletResponse.SC_BAD_REQUEST;
      case FAILED_PRECONDITION, ALREADY_EXISTS, ABORTED -> HttpServletResponse.SC_CONFLICT;
      case PERMISSION_DENIED, UNAUTHENTICATED -> HttpServletResponse.SC_FORBIDDEN;
      case RESOURCE_EXHAUSTED -> 507;
      case UNAVAILABLE, DEADLINE_EXCEEDED -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
      case UNIMPLEMENTED -> HttpServletResponse.SC_NOT_IMPLEMENTED;
      case OK, UNKNOWN, INTERNAL, DATA_LOSS, CANCELLED -> HttpServletResponse.SC_BAD_GATEWAY;
    };
  }
}
