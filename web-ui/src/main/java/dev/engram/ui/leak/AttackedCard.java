package dev.engram.ui.leak;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.engram.ui.component.Gallery;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.picture.Captions;
import dev.engram.v1.AttackedImage;
import dev.engram.v1.Crop;
import dev.engram.v1.Vote;

/** One attacked image: itself, the crop, and under both encoders the neighbors, their vote and how sure it is. */
public final class AttackedCard extends Div {
  private static final int NEIGHBORS = 5;

  private final Div head = new Div();

  public AttackedCard(AttackedImage image, Crop crop, Captions captions) {
    addClassName("attack-card");
    String label = captions.className(image.getLabel());
    Gallery pair = new Gallery();
    pair.addClassName("attacked");
    pair.picture(captions.url(image.getImageId()), label, "Image " + image.getImageId() + ", " + label)
        .picture(captions.url(image.getImageId(), crop), "the crop", "What the adversary had of image " + image.getImageId());
    Span cell = new Span(image.getCell());
    cell.addClassName("cell");
    cell.getElement().setAttribute("data-cell", image.getCell());
    Span direction = new Span("image " + image.getImageId() + ", " + image.getDirection()
        + (image.getRepeatCount() > 1 ? ", " + image.getRepeatCount() + " × an epoch" : ""));
    direction.addClassName("quiet");
    head.add(cell, direction);
    head.addClassName("attack-head");
    boolean candidate = !image.getDirection().equals("independent");
    Div votes = new Div(
        vote("Target " + (candidate ? "f" : "g"), image.getTarget(), image, captions),
        vote("Reference" + (image.getReference().getNeighborsCount() == 0 ? "" : candidate ? " g" : " f"), image.getReference(), image, captions));
    votes.addClassName("votes");
    add(head, pair, votes);
  }

  /** Adds a link beside what is said of the image. */
  AttackedCard linked(Component link) {
    head.add(link);
    return this;
  }

  private static Div vote(String encoder, Vote vote, AttackedImage image, Captions captions) {
    boolean right = vote.getPrediction() == image.getLabel();
    Span says = new Span(encoder + ": " + captions.className(vote.getPrediction()));
    says.addClassNames("says", right ? "right" : "wrong");
    Span sure = new Span(right ? "right" : "wrong");
    sure.addClassName("quiet");
    sure.setText((right ? "right" : "wrong") + ", confidence " + Numbers.nats(vote.getConfidence()));
    Gallery neighbors = new Gallery();
    vote.getNeighborsList().stream().limit(NEIGHBORS).forEach(neighbor -> neighbors.picture(captions.url(neighbor),
        captions.label(neighbor), "Public image " + neighbor + ", " + captions.label(neighbor)));
    Div head = new Div(says, sure);
    head.addClassName("vote-head");
    return new Div(head, neighbors);
  }
}
