package dev.engram.encoders.data;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** The bytes of images that all have the same number of them, in one or more pieces of memory. Read-only. */
final class Pixels {
    private final List<MemorySegment> shards;
    private final int imagesPerShard;
    private final int imageBytes;

    /**
     * @param shards each begins with an image; all but the last hold {@code imagesPerShard}
     * @param imageBytes bytes of one image
     */
    Pixels(List<MemorySegment> shards, int imagesPerShard, int imageBytes) {
        this.shards = shards.stream().map(MemorySegment::asReadOnly).toList();
        this.imagesPerShard = imagesPerShard;
        this.imageBytes = imageBytes;
    }

    /** All in one piece. */
    static Pixels of(MemorySegment all, int imageBytes) {
        return new Pixels(List.of(all), Integer.MAX_VALUE, imageBytes);
    }

    /** One image's bytes; no copy. */
    MemorySegment of(int index) {
        return shards.get(index / imagesPerShard).asSlice((long) (index % imagesPerShard) * imageBytes, imageBytes);
    }

    int shards() {
        return shards.size();
    }
}
