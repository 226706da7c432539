package dev.engram.ui.checkpoint;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.Facts;
import dev.engram.ui.component.Section;
import dev.engram.ui.encoder.EncoderWords;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.format.Sizes;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.KeyMatch;
import dev.engram.v1.NetworkMatch;
import dev.engram.v1.TensorDescription;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What is in a file of weights and how it fits a network. */
public final class ReportPanel extends Div {

  /**
   * @param title over what the file is
   * @param take called when a person would rather hold the file against another network; null if that cannot be chosen any more
   */
  public ReportPanel(String title, CheckpointReport report, Consumer<NetworkMatch> take) {
    addClassName("stack");
    add(new Section(title, facts(report)), fit(report));
    if (report.getNearestCount() > 0 && take != null) {
      add(new Section("Networks it is near", nearest(report, take)));
    }
  }

  private static Facts facts(CheckpointReport report) {
    Span digest = new Span(report.getSha256());
    digest.addClassName("mono");
    Facts facts = new Facts().add("Format", report.getFormat()).add("Size", Sizes.bytes(report.getSize())).add("SHA-256", digest)
        .add("Found in", report.getContainer().isEmpty() ? "the top of the file" : report.getContainer());
    if (report.getOtherContainersCount() > 0) {
      facts.add("Also holds", String.join(", ", report.getOtherContainersList()));
    }
    facts.add("Taken off the names", report.getPrefix().isEmpty() ? "nothing" : report.getPrefix());
    if (report.getProjectorCount() > 0) {
      facts.add("Projector", report.getProjectorList().stream().map(String::valueOf).collect(Collectors.joining(" → ")));
    }
    if (report.getForeignClassesCount() > 0) {
      facts.add("Foreign classes, never loaded", String.join(", ", report.getForeignClassesList()));
    }
    return facts;
  }

  private static Section fit(CheckpointReport report) {
    Section section = new Section(report.getNetwork().isEmpty() ? "No network is near"
        : "Held against " + EncoderWords.network(report.getNetwork(), report.getNetworkOptionsMap()));
    Div tiles = new Div(tile("loaded", report.getLoadedTotal(), "good"), tile("missing", report.getMissingTotal(), "bad"),
        tile("unexpected", report.getUnexpectedTotal(), "bad"), tile("other shape", report.getMismatchedTotal(), "bad"));
    tiles.addClassName("tiles");
    section.explain(report.getNetwork().isEmpty() ? "" : "Images of " + report.getChannels() + " × " + report.getSide() + " × " + report.getSide() + ". "
        + (report.getStrictOk() ? "Every tensor has its place: a strict import will succeed."
            : "A strict import would fail: see what is missing, unexpected or of another shape."));
    section.getElement().setAttribute("data-strict-ok", String.valueOf(report.getStrictOk()));
    section.append(tiles);
    if (report.getNotesCount() > 0) {
      UnorderedList notes = new UnorderedList();
      report.getNotesList().forEach(note -> notes.add(new ListItem(note)));
      section.append(notes);
    }
    section.append(tensors("Missing: in the network, not in the file", report.getMissingList(), report.getMissingTotal(), !report.getStrictOk()),
        matches("Other shape", report.getMismatchedList(), report.getMismatchedTotal(), true),
        tensors("Unexpected: in the file, without a place in the network", report.getUnexpectedList(), report.getUnexpectedTotal(), !report.getStrictOk()),
        tensors("Left out: a classifier's", report.getHeadsList(), report.getHeadsCount(), false),
        matches("Loaded", report.getLoadedList(), report.getLoadedTotal(), false));
    return section;
  }

  private static Div tile(String name, int count, String tone) {
    Span value = new Span(Numbers.count(count));
    value.addClassName("tile-value");
    Div tile = new Div(value, new Span(name));
    tile.addClassName("tile");
    tile.getElement().setAttribute("data-tone", count == 0 ? "quiet" : tone);
    tile.getElement().setAttribute("data-tile", name);
    return tile;
  }

  private static Component tensors(String title, List<TensorDescription> tensors, int count, boolean open) {
    DataTable<TensorDescription> table = new DataTable<TensorDescription>("")
        .text("Tensor", TensorDescription::getName).text("Type", TensorDescription::getType)
        .text("Shape", tensor -> shape(tensor.getShapeList()));
    table.setItems(tensors);
    return details(title, tensors.size(), count, table, open);
  }

  private static Component matches(String title, List<KeyMatch> matches, int count, boolean open) {
    DataTable<KeyMatch> table = new DataTable<KeyMatch>("")
        .text("In the file", KeyMatch::getKey).text("In the network", KeyMatch::getName).text("Type", KeyMatch::getType)
        .text("Shape", match -> shape(match.getShapeList()) + (match.getExpectedShapeCount() == 0 ? ""
            : ", expected " + shape(match.getExpectedShapeList())));
    table.setItems(matches);
    return details(title, matches.size(), count, table, open);
  }

  private static Component details(String title, int shown, int count, Component table, boolean open) {
    NativeDetails details = new NativeDetails();
    details.addClassName("key-list");
    details.setSummaryText(title + " (" + Numbers.count(count) + (shown < count ? ", the first " + Numbers.count(shown) : "") + ")");
    details.setContent(table);
    details.setOpen(open && shown > 0);
    details.setVisible(count > 0);
    return details;
  }

  private static DataTable<NetworkMatch> nearest(CheckpointReport report, Consumer<NetworkMatch> take) {
    DataTable<NetworkMatch> table = new DataTable<NetworkMatch>("")
        .text("Network", match -> EncoderWords.network(match.getNetwork(), match.getNetworkOptionsMap()))
        .figure("Covered", match -> Numbers.percent(match.getCoverage()))
        .figure("Loaded", match -> Numbers.count(match.getLoaded()))
        .figure("Missing", match -> Numbers.count(match.getMissing()))
        .figure("Unexpected", match -> Numbers.count(match.getUnexpected()))
        .figure("Other shape", match -> Numbers.count(match.getMismatched()))
        .component("Instead", match -> button(match, take));
    table.setItems(report.getNearestList());
    return table;
  }

  private static Component button(NetworkMatch match, Consumer<NetworkMatch> take) {
    Button button = new Button("Hold against it", _ -> take.accept(match));
    button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
    return button;
  }

  private static String shape(List<Long> sizes) {
    return sizes.isEmpty() ? "scalar" : sizes.stream().map(String::valueOf).collect(Collectors.joining(" × "));
  }
}
