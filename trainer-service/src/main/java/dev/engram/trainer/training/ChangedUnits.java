package dev.engram.trainer.training;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.edit.EditableLayer;
import dev.engram.encoders.edit.EditableLayer.Norm;
import dev.engram.encoders.edit.LayerScope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.v1.EncoderEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Which units of fine-tuned layers are no longer those of the source, bit by bit. */
final class ChangedUnits {
    private ChangedUnits() {}

    /** @param trained names of the tensors that were */
    static EncoderEdit between(TrainedEncoder source, StateDict tuned, List<EditableLayer> layers, Collection<String> trained) {
        EncoderEdit.Builder edit = EncoderEdit.newBuilder().setSourceSha256(source.weightsDigest());
        for (EditableLayer layer : layers) {
            List<String> tensors = layer.tensors(LayerScope.LAYER_AND_NORM).stream().filter(trained::contains).toList();
            SortedSet<Integer> changed = new TreeSet<>();
            tensors.forEach(tensor -> changed.addAll(differing(source.state().get(tensor), tuned.get(tensor))));
            edit.addLayers(EncoderEdit.Layer.newBuilder()
                    .setLayer(layer.path())
                    .setNorm(layer.norm().map(Norm::path).orElse(""))
                    .setUnits(layer.units())
                    .addAllChanged(changed)
                    .addAllTensors(tensors));
        }
        return edit.setChanged(edit.getLayersList().stream().mapToInt(EncoderEdit.Layer::getChangedCount).sum())
                .setConsidered(layers.stream().mapToInt(EditableLayer::units).sum())
                .build();
    }

    /** Rows that differ. */
    private static List<Integer> differing(Tensor before, Tensor after) {
        float[] first = before.floats();
        float[] second = after.floats();
        int rows = Math.toIntExact(before.size(0));
        int length = first.length / rows;
        return IntStream.range(0, rows)
                .filter(row -> !Arrays.equals(first, row * length, (row + 1) * length, second, row * length, (row + 1) * length))
                .boxed()
                .toList();
    }

    static Path write(EncoderEdit edit, Path directory) throws IOException {
        StringBuilder csv = new StringBuilder("layer,unit,edit\n");
        edit.getLayersList().forEach(layer ->
                layer.getChangedList().forEach(unit -> csv.append("%s,%d,fine_tune\n".formatted(layer.getLayer(), unit))));
        return Files.writeString(directory.resolve("units.csv"), csv);
    }
}
