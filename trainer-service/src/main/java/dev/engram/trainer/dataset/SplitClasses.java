package dev.engram.trainer.dataset;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many images of each class a part has, as CSV: a line a class, a column a part. */
final class SplitClasses {
    static final String FILE_NAME = "classes.csv";

    private SplitClasses() {}

    static Path write(Split split, ImageSet images, Path directory) throws IOException {
        int[][] counts = new int[images.classNames().size()][Part.values().length];
        for (Part part : Part.values()) {
            for (int label : images.labels(split.indices(part))) {
                counts[label][part.ordinal()]++;
            }
        }
        StringBuilder csv = new StringBuilder("label,class");
        for (Part part : Part.values()) {
            csv.append(',').append(part.key());
        }
        csv.append('\n');
        for (int label = 0; label < counts.length; label++) {
            csv.append(label).append(",\"").append(images.classNames().get(label).replace("\"", "\"\"")).append('"');
            for (int count : counts[label]) {
                csv.append(',').append(count);
            }
            csv.append('\n');
        }
        return Files.writeString(directory.resolve(FILE_NAME), csv);
    }
}
