package dev.engram.ui.checkpoint;

import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.HttpAnswers;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.ExportEncoderRequest;
import dev.engram.v1.ExportEncoderRequest.Part;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/** {@code export/{encoder}/{part}.safetensors}: leads the browser to the weights in the store. */
@WebServlet("/export/*")
public class ExportServlet extends HttpServlet {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PATH = "/([a-z0-9-]{1,63})/(encoder|projector|average_encoder|average_projector)\\.safetensors";

  @Inject
  transient Services services;

  /** Path of an encoder's export. */
  public static String url(String encoder, Part part) {
    return "export/" + encoder.substring(encoder.indexOf('/') + 1) + "/" + part.name().toLowerCase(java.util.Locale.ROOT) + ".safetensors";
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = request.getPathInfo();
    if (path == null || !path.matches(PATH)) {
      HttpAnswers.missing(response, "There is no such export. One is named {encoder}/{part}.safetensors, where the part is encoder, projector, average_encoder or average_projector.");
      return;
    }
    String encoder = "encoders/" + path.replaceFirst(PATH, "$1");
    Part part = Part.valueOf(path.replaceFirst(PATH, "$2").toUpperCase(java.util.Locale.ROOT));
    try {
      response.sendRedirect(services.checkpoints().exportEncoder(ExportEncoderRequest.newBuilder().setName(encoder).setPart(part).build())
          .await().atMost(PATIENCE).getUrl());
    } catch (RuntimeException e) {
      HttpAnswers.refuse(response, Failure.of(e, "checkpoint"));
    }
  }
}
