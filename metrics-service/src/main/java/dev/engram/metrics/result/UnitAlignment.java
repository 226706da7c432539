package dev.engram.metrics.result;

import dev.engram.encoders.statistics.KendallTau;
import dev.engram.encoders.statistics.RankCorrelation;
import dev.engram.encoders.statistics.SpearmanRank;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.metrics.task.UnitRow;
import dev.engram.v1.AlignedUnit;
import dev.engram.v1.Alignment;
import dev.engram.v1.OwnerFrequency;
import dev.engram.v1.RankAgreement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Units of one layer beside the SSLMem of the images that own them (Wang et al. 2024, Table 12 and Fig. 1b). The table counts the p % of
 * units with the highest UnitMem ({@link UnitOwners}); scatter and correlations are over every unit that is not dead.
 */
record UnitAlignment(List<UnitRow> units, UnitOwners counted, UnitOwners all) {
    private static final int FEWEST = 3;

    /** @param percent p in (0, 100], or 0 for 10 */
    static UnitAlignment of(List<UnitRow> units, SslMemTable table, double percent) {
        return new UnitAlignment(
                units, UnitOwners.of(units, percent).beside(table, List.of()), UnitOwners.of(units, 100).beside(table, List.of()));
    }

    Alignment message(List<String> warnings) {
        List<AlignedUnit> points = points();
        Alignment.Builder alignment = Alignment.newBuilder()
                .setLayer(units.getFirst().layer().layer())
                .setUnits(units.size())
                .setCountedUnits(counted.counted())
                .setThreshold(counted.threshold())
                .addAllPoints(points)
                .addAllFrequencies(frequencies())
                .addAllWarnings(warnings);
        List<AlignedUnit> scored = points.stream().filter(AlignedUnit::hasSslmem).toList();
        alignment.setScoredPoints(scored.size());
        if (scored.size() >= FEWEST) {
            double[] unitMem = scored.stream().mapToDouble(AlignedUnit::getUnitMem).toArray();
            double[] sslMem = scored.stream().mapToDouble(AlignedUnit::getSslmem).toArray();
            alignment.setSpearman(message(SpearmanRank.of(unitMem, sslMem))).setKendall(message(KendallTau.of(unitMem, sslMem)));
        }
        return alignment.build();
    }

    private List<AlignedUnit> points() {
        List<AlignedUnit> points = new ArrayList<>();
        units.stream()
                .filter(unit -> !unit.dead())
                .sorted(Comparator.comparingDouble(unit -> -unit.unitMem()))
                .forEach(unit -> {
                    long image = unit.topImages().getFirst().id();
                    AlignedUnit.Builder point = AlignedUnit.newBuilder()
                            .setUnit(unit.unit())
                            .setUnitMem(unit.unitMem())
                            .setNullUnitMem(unit.nullUnitMem())
                            .setImageId(image)
                            .setCounted(unit.unitMem() >= counted.threshold());
                    all.owners().stream()
                            .filter(owner -> owner.image() == image && owner.score() != null)
                            .findFirst()
                            .ifPresent(owner -> point.setSslmem(owner.score().sslMem()).setSubset(owner.score().subset()));
                    points.add(point.build());
                });
        return points;
    }

    private List<OwnerFrequency> frequencies() {
        TreeMap<Integer, List<UnitOwners.Owner>> byTimes = new TreeMap<>();
        counted.owners().forEach(owner -> byTimes.computeIfAbsent(owner.units(), _ -> new ArrayList<>()).add(owner));
        return byTimes.entrySet().stream()
                .map(times -> {
                    List<UnitOwners.Owner> scored = times.getValue().stream().filter(owner -> owner.score() != null).toList();
                    OwnerFrequency.Builder frequency = OwnerFrequency.newBuilder()
                            .setTimes(times.getKey())
                            .setImages(times.getValue().size())
                            .setScoredImages(scored.size());
                    scored.stream().mapToDouble(owner -> owner.score().sslMem()).average().ifPresent(frequency::setMeanSslmem);
                    return frequency.build();
                })
                .toList();
    }

    static RankAgreement message(RankCorrelation correlation) {
        return RankAgreement.newBuilder().setValue(correlation.value()).setP(correlation.p()).build();
    }
}
