package dev.engram.ui.picture;

import dev.engram.ui.rpc.Failure;
import dev.engram.ui.rpc.HttpAnswers;
import dev.engram.v1.ImagePicture;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code picture/{dataset}/{image}.png}: one picture, from those kept or from the service. */
@WebServlet("/picture/*")
public class PictureServlet extends HttpServlet {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Inject
  transient Pictures pictures;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Optional<PictureKey> asked = PictureKey.parse(request.getPathInfo(), request::getParameter);
    if (asked.isEmpty()) {
      HttpAnswers.missing(response, "There is no such picture. One is named {dataset}/{image id}.png, with a crop behind the question mark or none.");
      return;
    }
    PictureKey key = asked.get();
    try {
      ImagePicture picture = pictures.fetch(key.dataset(), List.of(key.image()), key.crop()).await().atMost(PATIENCE).get(key.image());
      if (picture == null) {
        HttpAnswers.missing(response, key.dataset() + " has no image " + key.image() + ".");
        return;
      }
      response.setContentType("image/png");
      response.setHeader("Cache-Control", "private, max-age=3600");
      response.setContentLength(picture.getPng().size());
      picture.getPng().writeTo(response.getOutputStream());
    } catch (RuntimeException e) {
      HttpAnswers.refuse(response, Failure.of(e, "data set"));
    }
  }
}
