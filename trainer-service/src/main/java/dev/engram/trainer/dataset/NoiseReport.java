package dev.engram.trainer.dataset;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.NoisyImages;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** The images of a derived set that noise was put into, as CSV: {@code image_id,noisy_input,noisy_label,label}. */
final class NoiseReport {
    static final String FILE_NAME = "noise.csv";

    private NoiseReport() {}

    static Path write(NoisyImages noisy, ImageSet derived, Path directory) throws IOException {
        BitSet inputs = noisy.noisyInputs();
        BitSet labels = noisy.noisyLabels();
        Path file = directory.resolve(FILE_NAME);
        try (BufferedWriter csv = Files.newBufferedWriter(file)) {
            csv.write("image_id,noisy_input,noisy_label,label\n");
            for (int i = 0; i < derived.size(); i++) {
                if (inputs.get(i) || labels.get(i)) {
                    csv.write("%d,%b,%b,%d\n".formatted(derived.id(i), inputs.get(i), labels.get(i), derived.label(i)));
                }
            }
        }
        return file;
    }
}
