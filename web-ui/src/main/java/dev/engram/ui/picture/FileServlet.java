package dev.engram.ui.picture;

import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.HttpAnswers;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.Artifact;
import dev.engram.v1.ArtifactFile;
import dev.engram.v1.CreateDownloadUrlRequest;
import dev.engram.v1.GetArtifactRequest;
import dev.engram.v1.ReadArtifactFileRequest;
import dev.engram.v1.ReadArtifactFileResponse;
import io.grpc.Status;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code download/{artifact}/{file}}: a file of an artifact. Result files are streamed through; what does not travel by gRPC
 * (checkpoints, data sets) is fetched by the browser straight from the store. With {@code ?open} a page is shown instead of saved.
 */
@WebServlet("/download/*")
public class FileServlet extends HttpServlet {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String OPEN = "open";

  @Inject
  transient Services services;

  /** Path of a file's download. */
  public static String url(String artifact, String file) {
    return "download/" + artifact.substring(artifact.indexOf('/') + 1) + "/" + file;
  }

  /** Path at which a page is read in the browser instead of being saved. It may run no script and fetch nothing. */
  public static String openUrl(String artifact, String file) {
    return url(artifact, file) + "?" + OPEN;
  }

  /** Whether a file is a page to be read. */
  public static boolean isPage(String file) {
    return file.endsWith(".html");
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = request.getPathInfo();
    if (path == null || !path.matches("/[0-9a-f]{64}/.+")) {
      HttpAnswers.missing(response, "There is no such file. One is named {digest of the artifact}/{file}.");
      return;
    }
    String artifact = "artifacts/" + path.substring(1, 65);
    String name = path.substring(66);
    try {
      Artifact found = services.artifacts().getArtifact(GetArtifactRequest.newBuilder().setName(artifact).build()).await().atMost(PATIENCE);
      Optional<ArtifactFile> file = found.getFilesList().stream().filter(one -> one.getName().equals(name)).findFirst();
      if (file.isEmpty()) {
        HttpAnswers.missing(response, artifact + " has no file of this name. It has: "
            + String.join(", ", found.getFilesList().stream().map(ArtifactFile::getName).toList()) + ".");
        return;
      }
      send(artifact, file.get(), isPage(name) && request.getParameter(OPEN) != null, response);
    } catch (RuntimeException e) {
      HttpAnswers.refuse(response, Failure.of(e, "artifact"));
    }
  }

  /** Whoever stops reading, the browser or this, ends the call: the stream is closed, and with it what the service holds for it. */
  private void send(String artifact, ArtifactFile file, boolean opened, HttpServletResponse response) throws IOException {
    try (Stream<ReadArtifactFileResponse> stream = services.artifacts().readArtifactFile(
        ReadArtifactFileRequest.newBuilder().setName(artifact).setFile(file.getName()).build()).ifNoItem().after(PATIENCE).fail().subscribe().asStream()) {
      Iterator<ReadArtifactFileResponse> chunks = stream.iterator();
      if (!travels(chunks)) {
        response.sendRedirect(services.artifacts().createDownloadUrl(CreateDownloadUrlRequest.newBuilder()
            .setName(artifact).setFile(file.getName()).build()).await().atMost(PATIENCE).getUrl());
        return;
      }
      response.setContentType(opened ? "text/html;charset=utf-8" : file.getMediaType());
      response.setContentLengthLong(file.getSize());
      response.setHeader("Content-Disposition", (opened ? "inline" : "attachment") + "; filename=\"" + file.getName().replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'");
      OutputStream out = response.getOutputStream();
      while (chunks.hasNext()) {
        chunks.next().getData().writeTo(out);
      }
    }
  }

  /** Whether the file comes by gRPC. */
  private static boolean travels(Iterator<ReadArtifactFileResponse> chunks) {
    try {
      return chunks.hasNext();
    } catch (RuntimeException e) {
      if (Failure.of(e, "artifact").code() == Status.Code.FAILED_PRECONDITION) {
        return false;
      }
      throw e;
    }
  }
}
