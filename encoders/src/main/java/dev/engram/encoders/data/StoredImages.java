package dev.engram.encoders.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;

/** The images of a set as a source. */
public record StoredImages(ImageSet set) implements ImageSource {
    public StoredImages {
        requireNonNull(set, "set");
    }

    @Override
    public List<String> read(ImageSink sink) throws IOException {
        for (int i = 0; i < set.size(); i++) {
            sink.picture(set.picture(i), new ImageSink.Origin("image " + set.id(i), set.label(i), set.id(i), set.boxes(i), set.repeatCount(i)));
        }
        return set.classNames();
    }

    @Override
    public long expected() {
        return set.size();
    }
}
