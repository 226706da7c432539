package dev.engram.ui.map;

import dev.engram.ui.chart.MemoryMapFigure;
import dev.engram.ui.format.Kind;
import dev.engram.v1.ModuleNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The lines of a map: the modules of a network in forward order, those that were measured with their values. */
public final class MapRows {

  /** Which modules have a line; groups have one if something in them has. */
  enum Shown {
    USUAL("As in the paper"), MEASURED("Every measured layer"), ALL("Every module");

    private final String title;

    Shown(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  private final Lens lens;
  private final Map<String, Reading> readings;
  private final boolean all;
  private final String selected;
  private final List<MemoryMapFigure.Node> rows = new ArrayList<>();

  private MapRows(Lens lens, Map<String, Reading> readings, boolean all, String selected) {
    this.lens = lens;
    this.readings = readings;
    this.all = all;
    this.selected = selected;
  }

  /**
   * The lines, parents before children.
   *
   * @param root of the architecture
   * @param selected path of the layer to mark; empty for none
   */
  static List<MemoryMapFigure.Node> of(ModuleNode root, Lens lens, List<Reading> readings, boolean all, String selected) {
    Map<String, Reading> byPath = readings.stream()
        .collect(Collectors.toMap(Reading::path, reading -> reading, (first, _) -> first, LinkedHashMap::new));
    MapRows map = new MapRows(lens, byPath, all, selected);
    root.getChildrenList().forEach(child -> map.add(child, "", 0, -1));
    // What was measured at no module, as the whole encoder's output.
    readings.stream().filter(reading -> byPath.containsKey(reading.path()))
        .forEach(reading -> map.add(ModuleNode.newBuilder().setPath(reading.path()).setKind(reading.point()).build(), "", 0, -1));
    return map.rows;
  }

  /** Those readings that have a line; usually the rows of the paper's tables, for measures of units what comes after ReLUs, where there are such. */
  static List<Reading> shown(Lens lens, List<Reading> readings, Shown shown) {
    if (shown != Shown.USUAL) {
      return readings;
    }
    Predicate<Reading> paper = reading -> reading.point().equals("conv") || reading.point().equals("add");
    Predicate<Reading> rectified = reading -> reading.point().equals("relu");
    boolean units = lens.kind() == Kind.UNIT_MEM || lens.kind() == Kind.CLASS_MEM;
    if (units && readings.stream().anyMatch(rectified)) {
      return readings.stream().filter(rectified).toList();
    }
    return readings.stream().anyMatch(reading -> reading.point().equals("conv")) ? readings.stream().filter(paper).toList() : readings;
  }

  /** The module of this path, if the network has it. */
  public static Optional<ModuleNode> find(ModuleNode node, String path) {
    if (node.getPath().equals(path)) {
      return Optional.of(node);
    }
    return node.getChildrenList().stream().map(child -> find(child, path)).flatMap(Optional::stream).findFirst();
  }

  private void add(ModuleNode module, String parentPath, int depth, int parent) {
    if (!wanted(module)) {
      return;
    }
    int row = rows.size();
    Optional<Reading> reading = Optional.ofNullable(readings.remove(module.getPath()));
    rows.add(new MemoryMapFigure.Node(module.getPath(), localName(module.getPath(), parentPath), depth, parent, module.getKind().replace('_', ' '),
        reading.map(one -> OptionalDouble.of(one.value())).orElse(OptionalDouble.empty()),
        reading.map(Reading::low).orElse(OptionalDouble.empty()), reading.map(Reading::high).orElse(OptionalDouble.empty()),
        reading.map(one -> lens.text(one.value())).orElse(""), module.getPath().equals(selected)));
    module.getChildrenList().forEach(child -> add(child, module.getPath(), depth + 1, row));
  }

  private boolean wanted(ModuleNode module) {
    return all || readings.containsKey(module.getPath()) || module.getChildrenList().stream().anyMatch(this::wanted);
  }

  private static String localName(String path, String parent) {
    return !parent.isEmpty() && path.startsWith(parent + ".") ? path.substring(parent.length() + 1) : path;
  }
}
