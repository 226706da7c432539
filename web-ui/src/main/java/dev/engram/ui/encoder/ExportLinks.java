package dev.engram.ui.encoder;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.checkpoint.ExportServlet;
import dev.engram.v1.EncoderDescription;
import dev.engram.v1.ExportEncoderRequest.Part;

/** Links that save the weights of an encoder as safetensors, and of what else was kept beside it. */
final class ExportLinks extends Span {

  ExportLinks(EncoderDescription encoder) {
    addClassName("link-list");
    link(encoder, Part.ENCODER, "Export");
    if (encoder.getProjectorCount() > 0) {
      link(encoder, Part.PROJECTOR, "Export projector");
    }
    if (encoder.getAverage()) {
      link(encoder, Part.AVERAGE_ENCODER, "Export average");
    }
    if (encoder.getAverage() && encoder.getProjectorCount() > 0) {
      link(encoder, Part.AVERAGE_PROJECTOR, "Export average projector");
    }
  }

  private void link(EncoderDescription encoder, Part part, String text) {
    Anchor link = new Anchor(ExportServlet.url(encoder.getName(), part), text);
    link.setRouterIgnore(true);
    link.getElement().setAttribute("download", "");
    link.setTitle("Weights as safetensors with PyTorch's names; torch loads them strictly");
    link.addClassNames("button-link", "secondary");
    add(link);
  }
}
