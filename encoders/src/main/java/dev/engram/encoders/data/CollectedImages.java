package dev.engram.encoders.data;

import dev.engram.encoders.image.Picture;
import dev.engram.encoders.image.PictureFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects a source of few images, all of one shape, into a set in memory. What cannot be read is an error. */
final class CollectedImages implements ImageSink {
    private final List<Picture> pictures = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();

    private CollectedImages() {}

    static ImageSet of(String name, ImageSource source) throws IOException {
        CollectedImages collected = new CollectedImages();
        List<String> classNames = source.read(collected);
        Picture first = collected.pictures.getFirst();
        ImageShape shape = new ImageShape(first.channels(), first.height(), first.width());
        ImageSetBuilder builder = new ImageSetBuilder(name, shape, classNames, collected.pictures.size());
        for (int i = 0; i < collected.pictures.size(); i++) {
            Origin origin = collected.origins.get(i);
            builder.add(collected.pictures.get(i).planes(), origin.label(), origin.id(), origin.boxes(), origin.repeatCount());
        }
        return builder.build();
    }

    @Override
    public void picture(Picture picture, Origin origin) {
        pictures.add(picture);
        origins.add(origin);
    }

    @Override
    public void encoded(byte[] file, Origin origin) throws IOException {
        picture(PictureFile.decode(file), origin);
    }

    @Override
    public void unreadable(String file, String reason) throws IOException {
        throw new IOException(file + ": " + reason);
    }
}
