package dev.engram.ui.leak;

import com.vaadin.flow.component.html.Div;
import dev.engram.ui.component.DataTable;
import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.OneModelReference;
import java.util.List;

/** How far each reference calls the same images memorized as the test with two models. */
final class AgreementTable extends Div {

  AgreementTable(List<OneModelReference> references) {
    DataTable<OneModelReference> table = new DataTable<OneModelReference>("There is no test with two models to compare with.")
        .text("Reference", reference -> Names.words(reference.getName()))
        .figure("Memorized by both", reference -> Numbers.count(reference.getAgreement().getBoth()))
        .figure("By one model only", reference -> Numbers.count(reference.getAgreement().getOnlyOneModel()))
        .figure("By two models only", reference -> Numbers.count(reference.getAgreement().getOnlyTwoModels()))
        .figure("Cohen's κ", reference -> Numbers.score(reference.getAgreement().getKappa()))
        .figure("Precision", reference -> Numbers.percent(reference.getAgreement().getPrecision()))
        .figure("Recall", reference -> Numbers.percent(reference.getAgreement().getRecall()));
    table.setItems(references.stream().filter(OneModelReference::hasAgreement).toList());
    add(table);
  }
}
