package dev.engram.ui.picture;

import dev.engram.ui.rpc.Failure;
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
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    String artifact = "artifacts/" + path.substring(1, 65);
    String name = path.substring(66);
    try {
      Artifact found = services.artifacts().getArtifact(GetArtifactRequest.newBuilder().setName(artifact).build()).await().atMost(PATIENCE);
      Optional<ArtifactFile> file = found.getFilesList().stream().filter(one -> one.getName().equals(name)).findFirst();
      if (file.isEmpty()) {
        response.sendError(HttpServletResponse.SC_NOT_FOUND, "The artifact has no file " + name);
        return;
      }
      send(artifact, file.get(), isPage(name) && request.getParameter(OPEN) != null, response);
    } catch (RuntimeException e) {
      refuse(Failure.of(e, "artifact"), response);
    }
  }

  private void send(String artifact, ArtifactFile file, boolean opened, HttpServletResponse response) throws IOException {
    Iterator<ReadArtifactFileResponse> chunks = services.artifacts().readArtifactFile(
        ReadArtifactFileRequest.newBuilder().setName(artifact).setFile(file.getName()).build()).subscribe().asIterable().iterator();
    try {
      chunks.hasNext();
    } catch (RuntimeException e) {
      if (Failure.of(e, "artifact").code() != Status.Code.FAILED_PRECONDITION) {
        throw e;
      }
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

  private static void refuse(Failure failure, HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      throw new IOException(failure.message());
    }
    response.reset();
    response.setStatus(failure.code() == Status.Code.NOT_FOUND ? HttpServletResponse.SC_NOT_FOUND
        : failure.transientFailure() ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : HttpServletResponse.SC_BAD_GATEWAY);
    response.setContentType("text/plain;charset=utf-8");
    response.getWriter().println(failure.message());
  }
}
