package dev.engram.attack.trace;

import dev.engram.runs.RunSpecs;
import dev.engram.v1.Interval;
import dev.engram.v1.TracedGroup;
import dev.engram.v1.TracedProbe;
import dev.engram.v1.TracedPruningResult;
import dev.engram.v1.TracedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of the artifact: {@code result.json}, and {@code traced.csv} with a line for each figure. */
final class TracedFiles {
    static final String RESULT = "result.json";
    static final String FIGURES = "traced.csv";

    private TracedFiles() {}

    static Map<String, Path> write(TracedPruningResult result, Path folder) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put(RESULT, Files.writeString(folder.resolve(RESULT), RunSpecs.toJson(result)));
        StringBuilder csv = new StringBuilder("crop,group,images,state,quantity,value,ci_low,ci_high\n");
        for (int crop = 0; crop < result.getCropsCount(); crop++) {
            for (TracedGroup group : result.getCrops(crop).getGroupsList()) {
                String place = crop + "," + group.getGroup() + "," + group.getImages() + ",";
                group.getStatesList().forEach(state -> lines(csv, place, state));
                group.getDifferencesList().forEach(state -> lines(csv, place, state));
            }
        }
        for (TracedProbe probe : result.getProbesList()) {
            String place = ",probe " + probe.getPart() + "," + probe.getImages() + ",";
            probe.getStatesList().forEach(state -> line(csv, place + state.getState() + ",accuracy", state.getAccuracy()));
            probe.getDifferencesList().forEach(state -> line(csv, place + state.getState() + ",accuracy", state.getAccuracy()));
        }
        files.put(FIGURES, Files.writeString(folder.resolve(FIGURES), csv));
        return files;
    }

    private static void lines(StringBuilder csv, String place, TracedState state) {
        line(csv, place + state.getState() + ",target", state.getTarget());
        line(csv, place + state.getState() + ",reference", state.getReference());
        line(csv, place + state.getState() + ",score", state.getScore());
    }

    private static void line(StringBuilder csv, String place, Interval interval) {
        csv.append(place).append(',').append(interval.getValue()).append(',').append(interval.getCiLow()).append(',')
                .append(interval.getCiHigh()).append('\n');
    }
}
