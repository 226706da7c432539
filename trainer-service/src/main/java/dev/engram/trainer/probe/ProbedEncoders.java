package dev.engram.trainer.probe;

import dev.engram.runs.EncoderOrigin;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.v1.ProbeSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a probe looks at.
 *
 * @param encoders resource names by what results call them: {@code f} and {@code g} of a pair, or {@code encoder}
 * @param split {@code splits/x}
 * @param dataset {@code datasets/x} of the split
 */
record ProbedEncoders(Map<String, String> encoders, String split, String dataset) {
    static ProbedEncoders of(RunContext run, ProbeSpec spec) {
        Map<String, String> encoders = new LinkedHashMap<>();
        if (spec.getEncoder().isEmpty()) {
            ResolvedPair pair = run.pair(spec.getPair());
            encoders.put("f", pair.candidate());
            encoders.put("g", pair.reference());
            if (spec.getSplit().isEmpty()) {
                return new ProbedEncoders(encoders, pair.split(), pair.dataset());
            }
            String other = run.specOf(spec.getSplit()).getCreateSplit().getDataset();
            if (other.equals(pair.dataset())) {
                throw RunFailure.invalidSpec("spec.split: " + ProbeRules.sameImages(spec.getSplit()));
            }
            return new ProbedEncoders(encoders, spec.getSplit(), other);
        }
        encoders.put("encoder", spec.getEncoder());
        String split = spec.getSplit().isEmpty()
                ? EncoderOrigin.of(spec.getEncoder(), run::specOf).getTrainEncoder().getSplit()
                : spec.getSplit();
        if (split.isEmpty()) {
            throw RunFailure.invalidSpec(ProbeRules.noSplit("spec", spec.getEncoder()));
        }
        return new ProbedEncoders(encoders, split, run.specOf(split).getCreateSplit().getDataset());
    }
}
