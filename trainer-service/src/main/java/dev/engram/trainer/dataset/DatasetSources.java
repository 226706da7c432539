package dev.engram.trainer.dataset;

import dev.engram.encoders.data.Cifar10BinaryReader;
import dev.engram.encoders.data.ComposedSet;
import dev.engram.encoders.data.CorruptFileException;
import dev.engram.encoders.data.DataSets;
import dev.engram.encoders.data.EncoderInput;
import dev.engram.encoders.data.FashionMnist;
import dev.engram.encoders.data.IdxArray;
import dev.engram.encoders.data.IdxReader;
import dev.engram.encoders.data.ImageSet;
import dev.engram.v1.ComposedSource;
import dev.engram.v1.IdxSource;
import dev.engram.v1.RegisterDatasetSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the images a spec describes and brings them to the form encoders take: see {@link EncoderInput}. */
final class DatasetSources {
    private DatasetSources() {}

    /** Names of the data sets that ship with Engram. */
    static List<String> bundled() {
        return DataSets.names().stream().sorted().toList();
    }

    /**
     * @throws CorruptFileException if a file is not what its format promises, with the byte
     * @throws IOException if a file cannot be read
     */
    static ImageSet read(RegisterDatasetSpec spec) throws IOException {
        ImageSet set = switch (spec.getSourceCase()) {
            case BUNDLED -> DataSets.bundled(spec.getBundled().getId());
            case IDX -> idx(spec.getDisplayName(), spec.getIdx());
            case CIFAR10 -> Cifar10BinaryReader.read(Path.of(spec.getCifar10().getPath()), Cifar10BinaryReader.Subset.ALL);
            case COMPOSED -> composed(spec.getComposed());
            case CIFAR100, IMAGE_FOLDER, TINY_IMAGE_NET, WEB_DATASET, DERIVED ->
                throw new IllegalArgumentException("source: is not offered in this version");
            case SOURCE_NOT_SET -> throw new IllegalArgumentException("source: is not set");
        };
        return EncoderInput.of(set);
    }

    /** IDX files carry no class names: a class is called by its label. */
    private static ImageSet idx(String name, IdxSource source) throws IOException {
        Path labels = Path.of(source.getLabels());
        int classes = 1;
        for (byte label : IdxArray.read(labels).values()) {
            classes = Math.max(classes, Byte.toUnsignedInt(label) + 1);
        }
        List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return IdxReader.read(name, Path.of(source.getImages()), labels, names);
    }

    private static ImageSet composed(ComposedSource source) {
        ImageSet items = FashionMnist.test().select(IntStream.range(0, source.getImages()).toArray());
        return ComposedSet.standard(source.getSeed()).compose(items);
    }
}
