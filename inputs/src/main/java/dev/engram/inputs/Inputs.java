package dev.engram.inputs;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.SplitVerifier;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.train.EncoderIdentity;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.EngramVersion;
import dev.engram.runs.OtherVersionException;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads data sets, splits, encoders and results that a run uses. What is not whole, or does not belong together, ends the run as DATA_LOSS naming the resource; what another
 * version of Engram wrote in another way, as OTHER_VERSION.
 */
public final class Inputs {
    private Inputs() {}

    /** How the science reads a resource's files. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Path folder) throws IOException;
    }

    /**
     * The images of a data set, verified; memory-mapped.
     *
     * @param dataset {@code datasets/x}
     */
    public static ImageSet images(RunContext run, String dataset) throws IOException {
        return read(run, dataset, folder -> ImageSetFile.open(folder.resolve(ImageSetFile.FILE_NAME)));
    }

    /**
     * A split, verified against its images.
     *
     * @param split {@code splits/x}
     * @param images of its data set
     */
    public static Split split(RunContext run, String split, ImageSet images) throws IOException {
        return read(run, split, folder -> {
            Split read = Split.fromJson(Files.readAllBytes(folder.resolve(Split.FILE_NAME)));
            SplitVerifier.verify(read, images);
            return read;
        });
    }

    /**
     * An encoder, verified; the caller closes it.
     *
     * @param encoder {@code encoders/x}
     */
    public static TrainedEncoder encoder(RunContext run, String encoder) throws IOException {
        return read(run, encoder, TrainedEncoder::read);
    }

    /**
     * What an encoder is. Reads no weights.
     *
     * @param encoder {@code encoders/x}
     */
    public static EncoderIdentity identity(RunContext run, String encoder) throws IOException {
        return read(run, encoder, Inputs::identity);
    }

    /**
     * Requires that the encoders of a pair can be compared, which need not have been known when the pair was made. Reads no weights.
     *
     * @throws RunFailure {@code INVALID_SPEC} with all in which they differ
     */
    public static void requireAlike(RunContext run, ResolvedPair pair) throws IOException {
        requireAlike(pair, identity(run, pair.candidate()), identity(run, pair.reference()));
    }

    /** As above, of encoders that have been read. */
    public static void requireAlike(ResolvedPair pair, EncoderIdentity candidate, EncoderIdentity reference) {
        List<String> differences = candidate.differencesOf(reference);
        if (!differences.isEmpty()) {
            throw RunFailure.invalidSpec("%s: %s cannot be compared with %s: %s".formatted(
                    pair.name(), pair.reference(), pair.candidate(), String.join("; ", differences)));
        }
    }

    private static EncoderIdentity identity(Path folder) throws IOException {
        return EncoderIdentity.of(CheckpointFolder.MANIFEST, new CheckpointFolder(folder).manifest());
    }

    /**
     * A message that a run has published as JSON; fields that this version does not know are left out.
     *
     * @param file of the run's artifact
     */
    public static <B extends Message.Builder> B message(RunContext run, String resource, String file, B builder) throws IOException {
        return read(run, resource, folder -> {
            JsonFormat.parser().ignoringUnknownFields().merge(Files.readString(folder.resolve(file)), builder);
            return builder;
        });
    }

    /**
     * Whatever a resource is to its reader.
     *
     * @param resource as for {@link RunContext#input}
     * @param reader throws {@link CorruptFileException}, {@link IllegalArgumentException} or {@link InvalidProtocolBufferException} of files that it cannot read
     * @throws RunFailure {@code DATA_LOSS} naming the resource if this version of Engram made it, and its files are not what they should be
     * @throws OtherVersionException if another version made it and it cannot be read
     */
    public static <T> T read(RunContext run, String resource, Reader<T> reader) throws IOException {
        Path folder = run.input(resource);
        try {
            return reader.read(folder);
        } catch (CorruptFileException | IllegalArgumentException | InvalidProtocolBufferException e) {
            throw unreadable(run, resource, e);
        }
    }

    private static RuntimeException unreadable(RunContext run, String resource, Exception reason) {
        Optional<String> version = run.versionOf(resource);
        return version.equals(Optional.of(EngramVersion.current()))
                ? RunFailure.dataLoss(resource + ": " + reason.getMessage())
                : new OtherVersionException(resource, version, "make it again", reason);
    }
}
