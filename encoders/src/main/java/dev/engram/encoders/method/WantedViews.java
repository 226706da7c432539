package dev.engram.encoders.method;

import dev.engram.encoders.method.MethodSetting.ViewGroupSize;
import java.util.List;
import java.util.Optional;

/** The groups of views that a method can work with. The first group has the size of the encoder's input. */
public enum WantedViews {
    /** One group of any number of views. */
    ANY("one group of one or more views"),
    /** One view. */
    ONE("one view"),
    /** Two views. */
    TWO("two views"),
    /** Two global views, and a group of local ones or none. */
    MULTI_CROP("two global views, and a second group of local views or none"),
    /** Two or more large views, and a group of focal ones or none. */
    ANCHORS("the teacher's view with one or more of the student, and a second group of small views or none");

    private final String text;

    WantedViews(String text) {
        this.text = text;
    }

    /** For a person. */
    public String text() {
        return text;
    }

    /** What is wrong with the groups of an augmentation, if anything. */
    public Optional<String> problem(String method, List<ViewGroupSize> groups, int side) {
        int count = groups.isEmpty() ? 0 : groups.getFirst().count();
        boolean one = groups.size() == 1;
        boolean oneOrTwo = one || groups.size() == 2;
        boolean fits = switch (this) {
            case ANY -> one;
            case ONE -> one && count == 1;
            case TWO -> one && count == 2;
            case MULTI_CROP -> oneOrTwo && count == 2;
            case ANCHORS -> oneOrTwo && count >= 2;
        };
        if (!fits) {
            return Optional.of("augmentation: %s wants %s; it makes %s".formatted(
                    method, text, groups.stream().map(group -> group.count() + " of " + group.side() + " pixels").toList()));
        }
        return groups.getFirst().side() == side
                ? Optional.empty()
                : Optional.of("augmentation: the first group has %d pixels, the network takes %d"
                        .formatted(groups.getFirst().side(), side));
    }
}
