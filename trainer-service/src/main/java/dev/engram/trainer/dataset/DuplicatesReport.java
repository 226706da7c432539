package dev.engram.trainer.dataset;

import dev.engram.encoders.data.Duplicates;
import dev.engram.encoders.data.ImageSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** All images of a data set that have equal pixels, as CSV: {@code group,image_id,label,labels_differ}. */
final class DuplicatesReport {
    static final String FILE_NAME = "duplicates.csv";

    private DuplicatesReport() {}

    static Path write(Duplicates duplicates, ImageSet images, Path directory) throws IOException {
        StringBuilder csv = new StringBuilder("group,image_id,label,labels_differ\n");
        int number = 0;
        for (Duplicates.Group group : duplicates.groups()) {
            number++;
            for (int index : group.indices()) {
                csv.append(number).append(',').append(images.id(index)).append(',').append(images.label(index))
                        .append(',').append(group.labelsDiffer()).append('\n');
            }
        }
        return Files.writeString(directory.resolve(FILE_NAME), csv);
    }
}
