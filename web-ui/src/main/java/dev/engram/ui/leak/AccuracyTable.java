package dev.engram.ui.leak;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.AccuracyGap;
import dev.engram.v1.CropResult;
import java.util.List;

/** Target, reference and score by three ways of counting, and whether the score could be luck. */
final class AccuracyTable extends Div {

  AccuracyTable(CropResult crop) {
    AccuracyGap top1 = AccuracyGap.newBuilder().setTarget(crop.getTarget()).setReference(crop.getReference()).setScore(crop.getScore()).build();
    DataTable<Row> table = new DataTable<Row>("Nothing was counted.")
        .text("Right if the class is", Row::counted)
        .figure("Target", row -> Numbers.percent(row.gap.getTarget()))
        .figure("Reference", row -> Numbers.percent(row.gap.getReference()))
        .figure("Score", row -> Numbers.percent(row.gap.getScore()));
    table.setItems(List.of(
        new Row("the most voted", top1),
        new Row("among the five most voted", crop.getTop5()),
        new Row("the most voted, mean over classes", crop.getMacro())));
    Paragraph luck = new Paragraph("If seeing an image made no difference, a score this large would come up with probability "
        + Numbers.probability(crop.getSwapTest().getPGreater()) + ", one this far from 0 with "
        + Numbers.probability(crop.getSwapTest().getPTwoSided()) + " (exact test that swaps the encoders on single images).");
    luck.addClassName("quiet");
    addClassName("stack-small");
    add(table, luck);
  }

  private record Row(String counted, AccuracyGap gap) {
  }
}
