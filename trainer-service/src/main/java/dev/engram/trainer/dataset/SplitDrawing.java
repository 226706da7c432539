package dev.engram.trainer.dataset;

import dev.engram.encoders.data.BoxPartition;
import dev.engram.encoders.data.DataFiles;
import dev.engram.encoders.data.Duplicates;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.InvalidSplitException;
import dev.engram.encoders.data.PublishedLayout;
import dev.engram.encoders.data.SplitMaker;
import dev.engram.encoders.data.SplitMaker.Drawn;
import dev.engram.encoders.data.SplitSizes;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.v1.CreateSplitSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;

/** From a spec to a split, whichever way it chooses images. */
final class SplitDrawing {
    private static final int LARGEST_LIST = 256 << 20;

    private SplitDrawing() {}

    /** @throws RunFailure INVALID_SPEC if the data set or the lists do not give what is asked for */
    static Drawn draw(RunContext run, CreateSplitSpec spec, ImageSet images) throws IOException {
        try {
            return switch (spec.getMakerCase()) {
                case MAKER_NOT_SET -> SplitMaker.draw(
                        images,
                        new SplitSizes(
                                spec.getShared(),
                                spec.getCandidate(),
                                spec.getIndependent(),
                                spec.getExternal(),
                                spec.getPublicSet(),
                                Math.max(spec.getShared(), spec.getLargestShared())),
                        spec.getSeed(),
                        SplitMaker.DuplicatePolicy.LEAVE_OUT);
                case PARTITION -> partition(spec).make(images);
                case LISTS -> lists(run, spec.getLists().getPath(), images);
            };
        } catch (InvalidSplitException e) {
            throw RunFailure.invalidSpec("spec: " + e.getMessage());
        }
    }

    private static BoxPartition partition(CreateSplitSpec spec) {
        var partition = spec.getPartition();
        return new BoxPartition(
                partition.getPerClass(),
                Math.max(partition.getPerClass(), partition.getPublicPerClass()),
                partition.getExternalPerClass(),
                spec.getSeed(),
                partition.getInOrder());
    }

    private static Drawn lists(RunContext run, String path, ImageSet images) throws IOException {
        try (SourceFiles sources = new SourceFiles(run)) {
            DataFiles folder = sources.at(path);
            Map<String, byte[]> files = new HashMap<>();
            for (String name : PublishedLayout.required()) {
                files.put(name, read(folder, name));
            }
            for (String name : PublishedLayout.optional()) {
                try {
                    files.put(name, read(folder, name));
                } catch (NoSuchFileException e) {
                    // it may be missing: what it holds follows from the others, or is empty
                }
            }
            return new Drawn(PublishedLayout.read(files, images), Duplicates.of(images), 0, new int[0], new int[0]);
        } catch (NoSuchFileException e) {
            throw RunFailure.invalidSpec("spec.lists.path: %s has no %s".formatted(path, e.getMessage()));
        } catch (AccessDeniedException e) {
            throw RunFailure.invalidSpec("spec.lists.path: may not be read: " + e.getMessage());
        } catch (CorruptFileException e) {
            throw RunFailure.invalidSpec("spec.lists.path: " + e.getMessage());
        }
    }

    private static byte[] read(DataFiles folder, String name) throws IOException {
        try (InputStream stream = folder.open(name)) {
            byte[] bytes = stream.readNBytes(LARGEST_LIST + 1);
            if (bytes.length > LARGEST_LIST) {
                throw new CorruptFileException(name, LARGEST_LIST, "has more than %d bytes".formatted(LARGEST_LIST));
            }
            return bytes;
        }
    }
}
