package dev.engram.trainer.dataset;

import dev.engram.encoders.data.BoxIndex;
import dev.engram.encoders.data.CifarImages;
import dev.engram.encoders.data.CifarLayout;
import dev.engram.encoders.data.ComposedSet;
import dev.engram.encoders.data.DataSets;
import dev.engram.encoders.data.FashionMnist;
import dev.engram.encoders.data.IdxImages;
import dev.engram.encoders.data.ImageSource;
import dev.engram.encoders.data.NoiseRecipe;
import dev.engram.encoders.data.NoisyImages;
import dev.engram.encoders.data.PictureFolder;
import dev.engram.encoders.data.StoredImages;
import dev.engram.encoders.data.TinyImageNet;
import dev.engram.encoders.data.WebDataset;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.v1.BoxSource;
import dev.engram.v1.CifarPart;
import dev.engram.v1.ComposedSource;
import dev.engram.v1.DerivedSource;
import dev.engram.v1.IdxSource;
import dev.engram.v1.ImageFolderSource;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.TinyImageNetSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** From the words of a spec to the source that reads the images. */
final class DatasetSources {
    private final RunContext run;
    private final SourceFiles files;

    DatasetSources(RunContext run, SourceFiles files) {
        this.run = run;
        this.files = files;
    }

    /** Names of the data sets that ship with Engram. */
    static List<String> bundled() {
        return DataSets.names().stream().sorted().toList();
    }

    /** @throws IOException if a table or list that goes with the images cannot be read */
    ImageSource open(RegisterDatasetSpec spec) throws IOException {
        return switch (spec.getSourceCase()) {
            case BUNDLED -> new StoredImages(DataSets.bundled(spec.getBundled().getId()));
            case IDX -> idx(spec.getIdx());
            case CIFAR10 -> new CifarImages(
                    files.at(spec.getCifar10().getPath()), CifarLayout.CIFAR_10, part(spec.getCifar10().getPart()));
            case CIFAR100 -> new CifarImages(
                    files.at(spec.getCifar100().getPath()),
                    spec.getCifar100().getCoarseLabels() ? CifarLayout.CIFAR_100_COARSE : CifarLayout.CIFAR_100_FINE,
                    part(spec.getCifar100().getPart()));
            case COMPOSED -> composed(spec.getComposed());
            case IMAGE_FOLDER -> folder(spec.getImageFolder());
            case TINY_IMAGE_NET -> new TinyImageNet(
                    files.at(spec.getTinyImageNet().getPath()), part(spec.getTinyImageNet().getPart()));
            case WEB_DATASET -> new WebDataset(
                    files.at(spec.getWebDataset().getPath()), spec.getWebDataset().getClassNamesList());
            case DERIVED -> derived(spec.getDerived());
            case SOURCE_NOT_SET -> throw new IllegalArgumentException("source: is not set");
        };
    }

    private IdxImages idx(IdxSource source) throws IOException {
        return new IdxImages(
                IdxImages.File.of(files.at(source.getImages())),
                IdxImages.File.of(files.at(source.getLabels())),
                source.getClassNamesList());
    }

    private static CifarImages.Part part(CifarPart part) {
        return switch (part) {
            case CIFAR_TRAIN -> CifarImages.Part.TRAIN;
            case CIFAR_TEST -> CifarImages.Part.TEST;
            case CIFAR_ALL, CIFAR_PART_UNSPECIFIED, UNRECOGNIZED -> CifarImages.Part.ALL;
        };
    }

    private static TinyImageNet.Part part(TinyImageNetSource.Part part) {
        return switch (part) {
            case TRAIN -> TinyImageNet.Part.TRAIN;
            case VAL -> TinyImageNet.Part.VAL;
            case ALL, PART_UNSPECIFIED, UNRECOGNIZED -> TinyImageNet.Part.ALL;
        };
    }

    private static StoredImages composed(ComposedSource source) {
        return new StoredImages(ComposedSet.standard(source.getSeed(), source.getCorrelation(), repeats(source))
                .compose(FashionMnist.test().select(IntStream.range(0, source.getImages()).toArray())));
    }

    private static List<Integer> repeats(ComposedSource source) {
        return source.getRepeatsCount() == 0 ? List.of(1) : source.getRepeatsList();
    }

    private PictureFolder folder(ImageFolderSource source) throws IOException {
        return new PictureFolder(
                files.at(source.getPath()),
                source.getTable().isEmpty() ? Optional.empty() : Optional.of(files.at(source.getTable())),
                source.hasBoxes() ? boxes(source.getBoxes()) : BoxIndex.NONE);
    }

    private BoxIndex boxes(BoxSource source) throws IOException {
        return switch (source.getFormatCase()) {
            case VOC -> BoxIndex.voc(files.at(source.getVoc()));
            case CSV -> BoxIndex.csv(files.at(source.getCsv()), source.getColumnPrefix());
            case FORMAT_NOT_SET -> BoxIndex.NONE;
        };
    }

    private NoisyImages derived(DerivedSource source) throws IOException {
        return new NoisyImages(Inputs.images(run, source.getDataset()), noise(source));
    }

    private static NoiseRecipe noise(DerivedSource source) {
        return new NoiseRecipe(
                source.getSeed(),
                source.getInputNoise(),
                source.getLabelNoise(),
                !source.hasMayKeepLabel() || source.getMayKeepLabel(),
                switch (source.getMoments()) {
                    case OVERALL -> NoiseRecipe.Moments.OVERALL;
                    case PER_PIXEL -> NoiseRecipe.Moments.PER_PIXEL;
                    case PER_CHANNEL, MOMENTS_UNSPECIFIED, UNRECOGNIZED -> NoiseRecipe.Moments.PER_CHANNEL;
                },
                source.hasOnly() ? source.getOnly().getFrom() : 0,
                source.hasOnly() ? source.getOnly().getTo() : Long.MAX_VALUE);
    }
}
