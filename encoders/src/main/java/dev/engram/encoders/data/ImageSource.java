package dev.engram.encoders.data;

import dev.engram.encoders.file.CorruptFileException;
import java.io.IOException;
import java.util.List;

/** Reads images from where they are, one after the other, holding none. */
public interface ImageSource {
    /**
     * Reads every image once, always in the same order.
     *
     * @return the names of the classes, one per label
     * @throws CorruptFileException if a file that holds many images is not what its format promises, with the byte; a single image that
     *     cannot be read is told to the sink
     */
    List<String> read(ImageSink sink) throws IOException;

    /** How many images there are, as far as that is known before reading; 0 if it is not. */
    default long expected() throws IOException {
        return 0;
    }
}
