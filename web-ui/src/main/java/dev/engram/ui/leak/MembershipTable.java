package dev.engram.ui.leak;

import com.vaadin.flow.component.html.Div;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.Interval;
import dev.engram.v1.MembershipTest;
import dev.engram.v1.TruePositives;
import java.util.List;

/** Whether the confidence of the votes tells the images an encoder saw from those it did not. */
final class MembershipTable extends Div {
  private static final List<Double> RATES = List.of(0.001, 0.01, 0.1);

  MembershipTable(List<MembershipTest> tests) {
    DataTable<MembershipTest> table = new DataTable<MembershipTest>("Membership was not tested.")
        .text("Taken for membership", test -> test.getScore().equals("difference") ? "how much surer than the other encoder" : "the encoder's confidence")
        .figure("Area under ROC", test -> score(test.getAuc()));
    for (double rate : RATES) {
      table.figure("Found at " + Numbers.significant(100 * rate) + " % false", test -> found(test, rate));
    }
    table.setItems(tests);
    add(table);
  }

  private static String found(MembershipTest test, double rate) {
    return test.getTruePositivesList().stream().filter(found -> found.getFalsePositiveRate() == rate)
        .map(TruePositives::getTruePositiveRate).map(Numbers::percent).findFirst().orElse("too few images");
  }

  private static String score(Interval auc) {
    return Numbers.score(auc.getValue()) + " (" + Numbers.score(auc.getCiLow()) + " to " + Numbers.score(auc.getCiHigh()) + ")";
  }
}
