package dev.engram.encoders.data;

import dev.engram.encoders.file.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * The digest of an image set: SHA-256 over a fixed byte string of its shape, class names, and per image its label, id, boxes
 * and pixel digest; then, if any image is repeated, the repeat count of each. Integers are four bytes, most significant first; strings are UTF-8 after their length.
 */
final class ImageSetDigest {
    private static final String DOMAIN = "engram image set 1";
    private static final String REPEATS = "repeat counts";

    private final MessageDigest digest = Sha256.digest();

    private ImageSetDigest() {}

    static String of(ImageSet set) {
        ImageSetDigest content = new ImageSetDigest();
        content.text(DOMAIN);
        ImageShape shape = set.shape();
        content.integers(set.size(), shape.channels(), shape.height(), shape.width(), set.classNames().size());
        set.classNames().forEach(content::text);
        for (int i = 0; i < set.size(); i++) {
            List<Box> boxes = set.boxes(i);
            content.integers(set.label(i), set.id(i), boxes.size());
            boxes.forEach(box -> content.integers(box.xmin(), box.ymin(), box.xmax(), box.ymax()));
            content.digest.update(set.rawImageDigest(i));
        }
        if (set.hasRepeats()) {
            content.text(REPEATS);
            for (int i = 0; i < set.size(); i++) {
                content.integers(set.repeatCount(i));
            }
        }
        return HexFormat.of().formatHex(content.digest.digest());
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        integers(utf8.length);
        digest.update(utf8);
    }

    private void integers(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        digest.update(bytes);
    }
}
