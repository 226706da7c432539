package dev.engram.ui.data;

import dev.engram.ui.format.Numbers;
import dev.engram.v1.RegisterDatasetSpec;
import java.util.stream.Collectors;

/** Where images come from, in words. */
final class Sources {

  private Sources() {
  }

  static String words(RegisterDatasetSpec spec) {
    return switch (spec.getSourceCase()) {
      case BUNDLED -> "bundled: " + spec.getBundled().getId();
      case IDX -> "IDX: " + spec.getIdx().getImages();
      case CIFAR10 -> "CIFAR-10: " + spec.getCifar10().getPath();
      case COMPOSED -> "composed: " + Numbers.count(spec.getComposed().getImages(), "image") + ", seed " + spec.getComposed().getSeed()
          + (spec.getComposed().getCorrelation() == 0 ? "" : ", correlation " + Numbers.significant(spec.getComposed().getCorrelation()))
          + (spec.getComposed().getRepeatsCount() == 0 ? "" : ", repeated " + spec.getComposed().getRepeatsList().stream().map(String::valueOf)
              .collect(Collectors.joining(", ")) + " times");
      case CIFAR100 -> "CIFAR-100: " + spec.getCifar100().getPath();
      case IMAGE_FOLDER -> "pictures: " + spec.getImageFolder().getPath();
      case TINY_IMAGE_NET -> "Tiny-ImageNet: " + spec.getTinyImageNet().getPath();
      case WEB_DATASET -> "WebDataset: " + spec.getWebDataset().getPath();
      case DERIVED -> "noise in " + spec.getDerived().getDataset() + ", seed " + spec.getDerived().getSeed();
      case SOURCE_NOT_SET -> "";
    };
  }
}
