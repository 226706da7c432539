package dev.engram.ui.data;

import dev.engram.ui.format.Names;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.Split;
import java.util.List;

/** Splits in words. */
public final class SplitWords {

  private SplitWords() {
  }

  /** {@code demo · 4,000 public, 1,000 external of fashion}. */
  public static String probed(Split split) {
    int learned = split.hasSummary() ? split.getSummary().getPublicSet() : split.getSpec().getPublicSet();
    int scored = split.hasSummary() ? split.getSummary().getExternal() : split.getSpec().getExternal();
    String sizes = learned == 0 ? "not made yet, images" : Numbers.count(learned) + " public, " + Numbers.count(scored) + " external";
    return Names.id(split.getName()) + " · " + sizes + " of " + Names.id(split.getSpec().getDataset());
  }

  /** Those that a probe can learn on: what is known to have no public set is left out. */
  public static List<Split> withPublicSet(List<Split> splits) {
    return splits.stream().filter(split -> split.hasSummary() ? split.getSummary().getPublicSet() > 0
        : split.getSpec().hasPartition() || split.getSpec().hasLists() || split.getSpec().getPublicSet() > 0).toList();
  }
}
