package dev.engram.ui.leak;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import dev.engram.ui.chart.ClassGapFigure;
import dev.engram.ui.chart.Figure;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.component.Section;
import dev.engram.ui.format.Numbers;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.ClassGap;
import dev.engram.v1.GetDatasetRequest;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;

/** What leaks class by class, those that leak most first. */
final class ClassGapsPanel extends Div {
  private static final int MOST = 40;

  private final Services services;
  private final Uni<String> dataset;
  private final String file;
  private final List<ClassGap> gaps;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "classes", notice::show);
  private final Div content = new Div();

  /** @param dataset name of the data set the classes are of */
  ClassGapsPanel(Services services, Uni<String> dataset, String file, List<ClassGap> gaps) {
    this.services = services;
    this.dataset = dataset;
    this.file = file;
    this.gaps = gaps.stream().sorted(Comparator.comparingDouble(ClassGap::getGap).reversed().thenComparingInt(ClassGap::getLabel)).toList();
    content.addClassName("stack");
    add(new Section("Classes", notice, content).explain("Accuracy of the target minus that of the reference, both directions together. Colored: "
        + "taking all of these for real, one in twenty is expected to be luck (q up to 0.05)."));
  }

  @Override
  protected void onAttach(AttachEvent event) {
    calls.ask(dataset, name -> calls.ask(services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(name).build()), found ->
        show(found.getSummary().getClassNamesList())));
  }

  private void show(List<String> names) {
    content.removeAll();
    Figure figure = new Figure("Gap between target and reference by class").tall(Math.clamp(6 + gaps.size(), 12, 40) + "rem");
    figure.show(ClassGapFigure.of(file, gaps.subList(0, Math.min(MOST, gaps.size())), names));
    DataTable<ClassGap> table = new DataTable<ClassGap>("No class was attacked.")
        .text("Class", gap -> ClassGapFigure.name(gap, names))
        .figure("Images", gap -> Numbers.count(ClassGapFigure.images(gap)))
        .figure("Memorized", gap -> Numbers.count(gap.getMemorized()))
        .figure("Misrepresented", gap -> Numbers.count(gap.getMisrepresented()))
        .figure("Gap", gap -> Numbers.percent(gap.getGap()))
        .figure("p", gap -> Numbers.probability(gap.getP()))
        .figure("q", gap -> Numbers.probability(gap.getQ()));
    table.setItems(gaps.subList(0, Math.min(MOST, gaps.size())));
    content.add(figure, table);
  }
}
