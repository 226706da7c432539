package dev.engram.attack.sweep;

import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.SweepPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What keeps the points of a sweep from being compared as they are, in sentences for a person. */
final class SweepWarnings {
    private SweepWarnings() {}

    static List<String> of(List<SweptResult> attacks, List<SweepPoint> points) {
        List<String> warnings = new ArrayList<>();
        if (attacks.stream().map(attack -> settings(attack.spec())).distinct().count() > 1) {
            warnings.add("The attacks were not made alike (crops, cuts or other options): what differs is not the training alone.");
        }
        if (attacks.stream().map(attack -> List.of(attack.result().getPublicImages(), attack.result().getK())).distinct().count() > 1) {
            warnings.add("The attacks had different public images or numbers of neighbours that vote: an adversary who has more is more often right.");
        }
        long unprobed = attacks.stream().filter(attack -> !attack.hasProbes()).count();
        if (unprobed > 0) {
            warnings.add("%d of %d attacks have no probe beside them (probe_control), so that their points have no accuracy and no place before or behind the front."
                    .formatted(unprobed, attacks.size()));
        }
        Set<Integer> trainings = points.stream().map(SweepPoint::getTrainingsCount).collect(Collectors.toSet());
        if (trainings.size() > 1) {
            warnings.add("The points are of different numbers of trainings: those of one have intervals over images, the others over trainings.");
        }
        return warnings;
    }

    /** What an attack asks for, whatever the pair. */
    private static DejaVuSpec settings(DejaVuSpec spec) {
        return spec.toBuilder().clearPair().clearReplicates().clearProbeControl().build();
    }
}
