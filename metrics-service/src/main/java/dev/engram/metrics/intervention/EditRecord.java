package dev.engram.metrics.intervention;

import dev.engram.encoders.edit.ChosenUnits;
import dev.engram.encoders.edit.EditableLayer;
import dev.engram.encoders.edit.EditableLayer.Norm;
import dev.engram.encoders.edit.ExchangePart;
import dev.engram.encoders.edit.LayerScope;
import dev.engram.encoders.edit.Pruning;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.v1.EncoderEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an edit changed, as a message, as a table and as details of the new checkpoint's manifest. Holds no ids: encoders are named by the
 * digests of their weights.
 *
 * @param kind {@code prune}, {@code exchange} or {@code restore}
 */
record EditRecord(String kind, EncoderEdit message) {
    /** The table: a row for each unit that changed. */
    static final String UNITS = "units.csv";

    static EditRecord pruned(TrainedEncoder source, ChosenUnits chosen) {
        EncoderEdit.Builder edit = EncoderEdit.newBuilder()
                .setSourceSha256(source.weightsDigest())
                .setConsidered(chosen.considered())
                .setSpared(chosen.spared());
        chosen.byLayer().forEach((layer, units) -> edit.addLayers(
                layer(layer, units, units.isEmpty() ? List.of() : Pruning.tensors(layer))));
        return of("prune", edit);
    }

    static EditRecord exchanged(TrainedEncoder source, TrainedEncoder other, List<ExchangePart> parts, LayerScope scope) {
        EncoderEdit.Builder edit = EncoderEdit.newBuilder()
                .setSourceSha256(source.weightsDigest())
                .setOtherSha256(other.weightsDigest());
        for (ExchangePart part : parts) {
            part.layers().forEach(layer -> edit.addLayers(layer(layer, all(layer), layer.tensors(scope))));
            if (!part.besideLayers(scope).isEmpty()) {
                edit.addLayers(EncoderEdit.Layer.newBuilder().setLayer(part.path()).addAllTensors(part.besideLayers(scope)));
            }
        }
        return of("exchange", edit);
    }

    static EditRecord restored(TrainedEncoder source, TrainedEncoder tuned, EditableLayer layer, int unit, LayerScope scope) {
        EncoderEdit.Builder edit = EncoderEdit.newBuilder()
                .setSourceSha256(source.weightsDigest())
                .setOtherSha256(tuned.weightsDigest())
                .addLayers(layer(layer, List.of(unit), layer.tensors(scope)));
        return of("restore", edit);
    }

    private static EditRecord of(String kind, EncoderEdit.Builder edit) {
        edit.setChanged(edit.getLayersList().stream().mapToInt(EncoderEdit.Layer::getChangedCount).sum());
        if (edit.getConsidered() == 0) {
            edit.setConsidered(edit.getLayersList().stream().mapToInt(EncoderEdit.Layer::getUnits).sum());
        }
        return new EditRecord(kind, edit.build());
    }

    private static EncoderEdit.Layer layer(EditableLayer layer, Collection<Integer> units, List<String> tensors) {
        return EncoderEdit.Layer.newBuilder()
                .setLayer(layer.path())
                .setNorm(layer.norm().map(Norm::path).orElse(""))
                .setUnits(layer.units())
                .addAllChanged(units)
                .addAllTensors(tensors)
                .build();
    }

    private static List<Integer> all(EditableLayer layer) {
        return IntStream.range(0, layer.units()).boxed().toList();
    }

    /** For the manifest of the new checkpoint; layers as {@code layer:0,3-5}, separated by spaces. */
    Map<String, String> details() {
        Map<String, String> details = new TreeMap<>();
        details.put("edit", kind);
        details.put("edit_source_sha256", message.getSourceSha256());
        details.put("edit_other_sha256", message.getOtherSha256());
        details.put("edit_units", message.getLayersList().stream()
                .filter(layer -> layer.getChangedCount() > 0)
                .map(layer -> layer.getLayer() + ":" + ranges(layer.getChangedList()))
                .collect(Collectors.joining(" ")));
        return details;
    }

    /** Ascending numbers as {@code 0,3-5}. */
    static String ranges(List<Integer> numbers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.size(); i++) {
            int from = numbers.get(i);
            while (i + 1 < numbers.size() && numbers.get(i + 1) == numbers.get(i) + 1) {
                i++;
            }
            text.append(text.isEmpty() ? "" : ",").append(from).append(numbers.get(i) == from ? "" : "-" + numbers.get(i));
        }
        return text.toString();
    }

    Path writeUnits(Path directory) throws IOException {
        StringBuilder csv = new StringBuilder("layer,unit,edit\n");
        for (EncoderEdit.Layer layer : message.getLayersList()) {
            layer.getChangedList().forEach(unit -> csv.append(String.format(Locale.ROOT, "%s,%d,%s\n", layer.getLayer(), unit, kind)));
        }
        return Files.writeString(directory.resolve(UNITS), csv);
    }
}
