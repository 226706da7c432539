package dev.engram.trainer.dataset;

import dev.engram.encoders.data.EncoderInput;
import dev.engram.encoders.data.Geometry;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.image.Interpolation;
import dev.engram.encoders.image.Picture;
import dev.engram.v1.RegisterDatasetSpec;

/** The form that a data set's images get: what the spec says, and the contract's defaults for what it leaves open. */
final class Geometries {
    private static final int PHOTOGRAPH_SIDE = 224;
    private static final int TINY_IMAGE_NET_SIDE = 64;

    private Geometries() {}

    /** For pictures of any size, whose form does not depend on the first of them. */
    static Geometry of(RegisterDatasetSpec spec) {
        return make(spec, spec.hasTinyImageNet() ? TINY_IMAGE_NET_SIDE : PHOTOGRAPH_SIDE, Geometry.Method.CENTER_CROP);
    }

    /** For pictures that all have the size of this one. */
    static Geometry of(RegisterDatasetSpec spec, Picture first) {
        int side = EncoderInput.side(new ImageShape(first.channels(), first.height(), first.width()));
        return make(spec, side, Geometry.Method.PAD);
    }

    private static Geometry make(RegisterDatasetSpec spec, int defaultSide, Geometry.Method defaultMethod) {
        dev.engram.v1.Geometry wanted = spec.getGeometry();
        int side = wanted.getSide() == 0 ? defaultSide : wanted.getSide();
        return new Geometry(
                switch (wanted.getMethod()) {
                    case PAD -> Geometry.Method.PAD;
                    case CENTER_CROP -> Geometry.Method.CENTER_CROP;
                    case SQUASH -> Geometry.Method.SQUASH;
                    case METHOD_UNSPECIFIED, UNRECOGNIZED -> defaultMethod;
                },
                side,
                Math.max(side, wanted.getResize()),
                switch (wanted.getInterpolation()) {
                    case BICUBIC -> Interpolation.BICUBIC;
                    case BILINEAR, INTERPOLATION_UNSPECIFIED, UNRECOGNIZED -> Interpolation.BILINEAR;
                });
    }
}
