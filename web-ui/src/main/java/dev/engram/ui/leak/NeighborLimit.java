package dev.engram.ui.leak;

import com.vaadin.flow.component.textfield.IntegerField;

/** Says at the number of neighbors that vote how many there can be, once the public set is known: more than its smallest class has could never agree on it. */
public final class NeighborLimit {
  private static final int DEFAULT_AT_MOST = 100;

  private final IntegerField k;
  private int most = Integer.MAX_VALUE;

  NeighborLimit(IntegerField k) {
    this.k = k;
    k.addValueChangeListener(_ -> holds());
  }

  /** @param smallest number of public images of the class that has the fewest, at least 1 */
  public void set(int smallest) {
    most = smallest;
    k.setHelperText("1 to " + smallest + ", the images of the smallest public class; empty: " + Math.clamp(smallest / 4, 1, DEFAULT_AT_MOST));
    holds();
  }

  /** Whether so many can vote; if not, says so at the field. */
  public boolean holds() {
    boolean holds = k.getValue() == null || k.getValue() <= most;
    if (!holds) {
      k.setErrorMessage("The smallest public class has " + most + (most == 1 ? " image" : " images") + ": lower it, or leave it empty.");
      k.setInvalid(true);
    }
    return holds;
  }
}
