package dev.engram.encoders.data;

import dev.engram.encoders.image.Picture;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a source tells. */
final class RecordedImages implements ImageSink {
    final List<Origin> origins = new ArrayList<>();
    final List<byte[]> files = new ArrayList<>();
    final List<Picture> pictures = new ArrayList<>();
    final List<String> unreadable = new ArrayList<>();

    @Override
    public void picture(Picture picture, Origin origin) {
        pictures.add(picture);
        origins.add(origin);
    }

    @Override
    public void encoded(byte[] file, Origin origin) {
        files.add(file);
        origins.add(origin);
    }

    @Override
    public void unreadable(String file, String reason) {
        unreadable.add(file + ": " + reason);
    }
}
