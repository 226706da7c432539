package dev.engram.encoders.data;

import java.util.List;

/** What every image and every list of classes must be before it goes into a set. */
final class ImageCheck {
    private ImageCheck() {}

    /** @throws UnfitSourceException naming the image and what is wrong with it */
    static void image(String set, int index, ImageShape shape, byte[] image, int id, List<Box> boxes, int repeatCount) {
        if (image.length != shape.bytes()) {
            throw new UnfitSourceException(
                    "%s image %d: has %d bytes, %s needs %d".formatted(set, index, image.length, shape, shape.bytes()));
        }
        if (id < 0) {
            throw new UnfitSourceException("%s image %d: id %d is negative".formatted(set, index, id));
        }
        if (repeatCount < 1) {
            throw new UnfitSourceException("%s image %d: repeat count must be at least 1, is %d".formatted(set, index, repeatCount));
        }
        for (Box box : boxes) {
            if (box.xmax() > shape.width() || box.ymax() > shape.height()) {
                throw new UnfitSourceException("%s image %d: %s leaves the image %s".formatted(set, index, box, shape));
            }
        }
    }

    /** @throws UnfitSourceException if there is none, or one is blank or there twice */
    static void classNames(List<String> names) {
        if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
            throw new UnfitSourceException("class names: at least one, none of them blank, were " + names);
        }
        if (names.stream().distinct().count() != names.size()) {
            throw new UnfitSourceException("class names: each only once, were " + names);
        }
    }
}
