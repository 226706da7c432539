package dev.engram.ui.encoder;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.chart.WeightDifferenceFigure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Facts;
import dev.engram.ui.component.PageHeader;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CompareEncodersRequest;
import dev.engram.v1.EncoderComparison;
import dev.engram.v1.ListEncodersRequest;
import dev.engram.v1.TensorComparison;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** Two encoders side by side: how their weights differ, tensor by tensor. */
@Route("compare")
@PageTitle("Compare · Engram")
public class CompareView extends Div implements BeforeEnterObserver {
  private final Services services;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls trainer = new Calls(this, "trainer", notice::show);
  private final Calls calls = new Calls(this, "checkpoint", Duration.ofMinutes(2), notice::show);
  private final ComboBox<String> first = new ComboBox<>("First");
  private final ComboBox<String> second = new ComboBox<>("Second");
  private final Div content = new Div();
  private UrlState url;

  @Inject
  public CompareView(Services services) {
    this.services = services;
    addClassName("page");
    content.addClassName("stack");
    List.of(first, second).forEach(box -> box.setWidth("18rem"));
    first.addValueChangeListener(change -> open(change.isFromClient(), "first", change.getValue()));
    second.addValueChangeListener(change -> open(change.isFromClient(), "second", change.getValue()));
    Div choices = new Div(first, second);
    choices.addClassName("filters");
    add(new PageHeader("Compare encoders", "How far the weights of two encoders are apart, tensor by tensor."), choices, notice, content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    url = UrlState.of(event.getLocation());
    notice.clear();
    content.removeAll();
    trainer.cancelAll();
    calls.cancelAll();
    trainer.ask(services.trainer().listEncoders(ListEncodersRequest.newBuilder().setPageSize(1000).build()), answer -> {
      List<String> names = answer.getEncodersList().stream().map(encoder -> Names.id(encoder.getName())).toList();
      first.setItems(names);
      second.setItems(names);
      first.setValue(names.contains(url.get("first")) ? url.get("first") : null);
      second.setValue(names.contains(url.get("second")) ? url.get("second") : null);
    });
    if (url.get("first").isEmpty() || url.get("second").isEmpty()) {
      content.add(new Section("Nothing to compare yet", new Paragraph("Choose two encoders.")));
      return;
    }
    calls.ask(services.checkpoints().compareEncoders(CompareEncodersRequest.newBuilder().setFirst("encoders/" + url.get("first"))
        .setSecond("encoders/" + url.get("second")).build()), this::show);
  }

  private void show(EncoderComparison found) {
    Facts facts = new Facts()
        .add("Equal", Numbers.count(found.getEqual(), "tensor") + ", bit by bit")
        .add("Different", Numbers.count(found.getDifferent(), "tensor"))
        .add("Other shape or type", Numbers.count(found.getReshaped(), "tensor"))
        .add("Only in the first", Numbers.count(found.getOnlyFirst(), "tensor"))
        .add("Only in the second", Numbers.count(found.getOnlySecond(), "tensor"))
        .add("‖b − a‖ / ‖a‖", Numbers.significant(found.getRelativeDifference()))
        .add("Cosine", Numbers.significant(found.getCosine()));
    DataTable<TensorComparison> table = new DataTable<TensorComparison>("Neither has a tensor.")
        .text("Tensor", TensorComparison::getName)
        .text("Compared", tensor -> words(tensor.getKind()))
        .text("Shape", CompareView::shapes)
        .figure("‖b − a‖ / ‖a‖", tensor -> compared(tensor) ? Numbers.significant(tensor.getRelativeDifference()) : "")
        .figure("Largest difference", tensor -> compared(tensor) ? Numbers.significant(tensor.getLargestDifference()) : "")
        .figure("Cosine", tensor -> compared(tensor) ? Numbers.significant(tensor.getCosine()) : "");
    table.setItems(found.getTensorsList());
    content.removeAll();
    List<TensorComparison> different = found.getTensorsList().stream().filter(CompareView::compared).toList();
    content.add(new Section("All weights together", facts));
    if (!different.isEmpty()) {
      Figure figure = new Figure("Relative difference of each tensor, in the order of the layers").tall("18rem");
      figure.show(WeightDifferenceFigure.of(url.get("first") + "-" + url.get("second") + "-weights", different));
      content.add(new Section("Where they differ", figure).explain("‖b − a‖ / ‖a‖ of each tensor that both have, in the order of the layers."));
    }
    content.add(new Section("Tensor by tensor", table));
  }

  private void open(boolean byPerson, String name, String value) {
    if (byPerson) {
      url.with(name, value).open();
    }
  }

  private static boolean compared(TensorComparison tensor) {
    return tensor.getKind() == TensorComparison.Kind.EQUAL || tensor.getKind() == TensorComparison.Kind.DIFFERENT;
  }

  private static String words(TensorComparison.Kind kind) {
    return switch (kind) {
      case EQUAL -> "equal";
      case DIFFERENT -> "different";
      case RESHAPED -> "other shape or type";
      case ONLY_FIRST -> "only in the first";
      case ONLY_SECOND -> "only in the second";
      case KIND_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  private static String shapes(TensorComparison tensor) {
    String a = ArchitectureTree.shape(tensor.getFirstShapeList());
    String b = ArchitectureTree.shape(tensor.getSecondShapeList());
    return a.equals(b) || b.isEmpty() ? a : a.isEmpty() ? b : a + " against " + b;
  }
}
