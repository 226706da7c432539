package dev.engram.ui.format;

/** Resource names ({@code pairs/cats}) and what of them a person needs. */
public final class Names {

  private Names() {
  }

  /** Last part of a resource name: {@code runs/demo-f} → {@code demo-f}. */
  public static String id(String resource) {
    return resource.substring(resource.lastIndexOf('/') + 1);
  }

  /** Collection of a resource name: {@code runs/demo-f} → {@code runs}; empty for a bare id. */
  public static String collection(String resource) {
    int slash = resource.indexOf('/');
    return slash < 0 ? "" : resource.substring(0, slash);
  }

  /** A digest cut to what tells it apart at a glance. */
  public static String shortDigest(String name) {
    String digest = id(name);
    return digest.length() > 12 ? digest.substring(0, 12) : digest;
  }

  /** A measure of a training: {@code embedding_spread} → {@code embedding spread}. */
  public static String measure(String metric) {
    return metric.equals("rankme") ? "RankMe" : metric.replace('_', ' ');
  }

  /** An enum constant or field name as words: {@code train_encoder} → {@code train encoder}. */
  public static String words(String constant) {
    return constant.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
