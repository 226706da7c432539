package dev.engram.attack.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code probes.csv}: a line for each image a linear probe was fitted to or scored on, with the class it named. */
public final class ProbeTable {
    public static final String FILE_NAME = "probes.csv";
    /** The encoder's training images, which the probe was fitted to. */
    public static final String TRAINING = "training";
    /** Public images. */
    public static final String VALIDATION = "validation";

    private final StringBuilder csv = new StringBuilder("encoder,part,image_id,label,prediction\n");

    void add(String encoder, String part, int image, int label, int prediction) {
        csv.append(encoder).append(',').append(part).append(',').append(image).append(',')
                .append(label).append(',').append(prediction).append('\n');
    }

    Path write(Path folder) throws IOException {
        return Files.writeString(folder.resolve(FILE_NAME), csv);
    }
}
