package dev.engram.ui.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.vaadin.flow.router.Route;
import dev.engram.ui.checkpoint.ImportView;
import dev.engram.ui.data.NewDatasetView;
import dev.engram.ui.pair.NewPairView;
import dev.engram.ui.pair.PairListView;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FirstStepsTest {

  @Test
  void everyStepLeadsToThePageWhereItIsDone() {
    List<String> pages = Stream.of(ImportView.class, NewDatasetView.class, NewPairView.class, PairListView.class, PairListView.class)
        .map(view -> view.getAnnotation(Route.class).value()).toList();
    assertEquals(pages, FirstSteps.STEPS.stream().map(FirstSteps.Step::path).toList());
  }
}
