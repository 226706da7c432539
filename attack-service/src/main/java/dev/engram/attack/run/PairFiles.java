package dev.engram.attack.run;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.InvalidSplitException;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.SplitVerifier;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import java.io.IOException;
import java.nio.file.Files;

/** Opens the data set and the split of a pair; what is not whole ends the run as DATA_LOSS. */
public final class PairFiles {
    private PairFiles() {}

    /** @param dataset {@code datasets/x} */
    public static ImageSet images(RunContext run, String dataset) throws IOException {
        try {
            return ImageSetFile.open(run.input(dataset).resolve(ImageSetFile.FILE_NAME));
        } catch (CorruptFileException e) {
            throw RunFailure.dataLoss(dataset + ": " + e.getMessage());
        }
    }

    /** @param split {@code splits/x}; verified against its images */
    public static Split split(RunContext run, String split, ImageSet images) throws IOException {
        try {
            Split read = Split.fromJson(Files.readAllBytes(run.input(split).resolve(Split.FILE_NAME)));
            SplitVerifier.verify(read, images);
            return read;
        } catch (InvalidSplitException e) {
            throw RunFailure.dataLoss(split + ": " + e.getMessage());
        }
    }
}
