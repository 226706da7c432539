package dev.engram.ui.data;

import dev.engram.v1.SplitClass;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/** Where a split puts an image, for people. */
enum SplitPart {
  SHARED("shared", "f and g train on them", SplitClass::getShared),
  CANDIDATE("candidate", "only f trains on them; attacked: A", SplitClass::getCandidate),
  INDEPENDENT("independent", "only g trains on them; attacked: B", SplitClass::getIndependent),
  EXTERNAL("external", "neither trains on them: test points", SplitClass::getExternal),
  PUBLIC("public", "neither trains on them; an adversary has them, with labels: X", SplitClass::getPublicSet),
  DUPLICATE("duplicate", "left out: pixels equal to another's, or to those of another label", SplitClass::getDuplicates),
  NEAR_DUPLICATE("near_duplicate", "left out of the public set: nearly show a training image", SplitClass::getNearDuplicates),
  UNUSED("unused", "in no part: more than were asked for", SplitClass::getUnused);

  private final String key;
  private final String meaning;
  private final ToIntFunction<SplitClass> images;

  SplitPart(String key, String meaning, ToIntFunction<SplitClass> images) {
    this.key = key;
    this.meaning = meaning;
    this.images = images;
  }

  /** Name in requests and URLs. */
  String key() {
    return key;
  }

  /** Name for people. */
  String words() {
    return key.replace('_', ' ');
  }

  String meaning() {
    return meaning;
  }

  int images(SplitClass ofClass) {
    return images.applyAsInt(ofClass);
  }

  static SplitPart of(String key) {
    return Arrays.stream(values()).filter(part -> part.key.equals(key)).findFirst().orElse(CANDIDATE);
  }
}
