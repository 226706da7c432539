package dev.engram.ui.intervention;

import dev.engram.ui.format.Numbers;
import dev.engram.v1.Architecture;
import dev.engram.v1.ModuleNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A layer whose units can be changed: a convolution or a fully connected one. Or a block of such, which can be exchanged as a whole.
 *
 * @param path PyTorch's module path
 * @param kind {@code conv}, {@code linear} or {@code block}
 * @param units channels or neurons; layers of a block
 */
public record EditableLayer(String path, String kind, int units) {
  private static final Set<String> EDITABLE = Set.of("conv", "linear");
  private static final String BLOCK = "block";
  private static final Set<String> FOLLOWING = Set.of("batch_norm", "group_norm", "layer_norm", "relu", "gelu");

  /** All of a network, in forward order. */
  static List<EditableLayer> of(Architecture architecture) {
    return below(architecture.getRoot());
  }

  /** The same with the blocks that a sum closes, of a residual network or a transformer, each before its layers. */
  static List<EditableLayer> withBlocks(Architecture architecture) {
    List<EditableLayer> all = new ArrayList<>();
    collect(architecture.getRoot(), all);
    return all;
  }

  private static void collect(ModuleNode node, List<EditableLayer> all) {
    if (EDITABLE.contains(node.getKind())) {
      all.add(of(node));
    }
    int layers = below(node).size();
    if (layers > 1 && !node.getPath().isEmpty() && node.getChildrenList().stream().anyMatch(child -> child.getKind().equals("add"))) {
      all.add(new EditableLayer(node.getPath(), BLOCK, layers));
    }
    node.getChildrenList().forEach(child -> collect(child, all));
  }

  /**
   * Those that are meant where none is named: the convolutions; in a transformer the fully connected layers around each GELU; in a network
   * that has neither, all.
   */
  static List<EditableLayer> usual(Architecture architecture) {
    List<ModuleNode> leaves = leaves(architecture.getRoot()).stream()
        .filter(leaf -> EDITABLE.contains(leaf.getKind()) || leaf.getKind().equals("gelu")).toList();
    boolean transforms = leaves.stream().anyMatch(leaf -> leaf.getKind().equals("gelu"));
    List<EditableLayer> usual = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      boolean around = i > 0 && leaves.get(i - 1).getKind().equals("gelu") || i + 1 < leaves.size() && leaves.get(i + 1).getKind().equals("gelu");
      if (transforms ? around : leaves.get(i).getKind().equals("conv")) {
        usual.add(of(leaves.get(i)));
      }
    }
    return usual.isEmpty() ? of(architecture) : usual;
  }

  /**
   * What a person means who points at a module: that layer; all layers of a group; of a normalization or an activation function the layer
   * before it whose units it passes on. Empty for sums, pools and what else has no weights of its own.
   */
  public static List<EditableLayer> meant(ModuleNode root, ModuleNode module) {
    if (!FOLLOWING.contains(module.getKind())) {
      return below(module);
    }
    EditableLayer before = null;
    for (ModuleNode node : leaves(root)) {
      if (node.getPath().equals(module.getPath())) {
        return before == null || before.units() != module.getUnits() ? List.of() : List.of(before);
      }
      if (EDITABLE.contains(node.getKind())) {
        before = of(node);
      } else if (!FOLLOWING.contains(node.getKind())) {
        before = null;
      }
    }
    return List.of();
  }

  boolean isBlock() {
    return kind.equals(BLOCK);
  }

  /** {@code layer3.0.conv2 · conv, 256 units}, {@code layer3.0 · block, 3 layers}. */
  String words() {
    return path + " · " + kind + ", " + Numbers.count(units, isBlock() ? "layer" : "unit");
  }

  private static List<EditableLayer> below(ModuleNode node) {
    return leaves(node).stream().filter(leaf -> EDITABLE.contains(leaf.getKind())).map(EditableLayer::of).toList();
  }

  private static EditableLayer of(ModuleNode node) {
    return new EditableLayer(node.getPath(), node.getKind(), node.getUnits());
  }

  private static List<ModuleNode> leaves(ModuleNode node) {
    List<ModuleNode> all = new ArrayList<>();
    if (!node.getKind().isEmpty()) {
      all.add(node);
    }
    node.getChildrenList().forEach(child -> all.addAll(leaves(child)));
    return all;
  }
}
