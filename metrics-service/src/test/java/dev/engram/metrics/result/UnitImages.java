package dev.engram.metrics.result;

import dev.engram.metrics.MeasuredLayer;
import dev.engram.metrics.task.UnitRow;
import dev.engram.metrics.task.UnitRow.TopImage;
import java.util.Arrays;
import java.util.List;

/** Units made by hand. */
final class UnitImages {
    static final MeasuredLayer FIRST = new MeasuredLayer("conv1", "conv", 1);
    static final MeasuredLayer LAST = new MeasuredLayer("conv2", "conv", 2);

    private UnitImages() {}

    /** A unit whose top images have mean activations 3, 2, 1, ... */
    static UnitRow unit(MeasuredLayer layer, int unit, double unitMem, int... images) {
        List<TopImage> top = Arrays.stream(images)
                .mapToObj(image -> new TopImage(image, images.length - indexOf(images, image)))
                .toList();
        return new UnitRow(layer, unit, unitMem, unitMem / 2, top.getFirst().mean(), 1, 1, false, false, top);
    }

    /** A unit that no image drives: all activations are 0, and the smallest ids are kept. */
    static UnitRow dead(MeasuredLayer layer, int unit) {
        return new UnitRow(layer, unit, 0, 0, 0, 0, 9, true, false, List.of(new TopImage(1, 0), new TopImage(2, 0)));
    }

    private static int indexOf(int[] images, int image) {
        int i = 0;
        while (images[i] != image) {
            i++;
        }
        return i;
    }
}
