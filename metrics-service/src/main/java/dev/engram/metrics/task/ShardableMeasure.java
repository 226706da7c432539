package dev.engram.metrics.task;

/** A measure whose images several workers can share, each a contiguous part of the blocks. */
interface ShardableMeasure<R, S extends SavePoints.State> extends Measure<R, S> {
    /** Adds what another worker has kept of the images that come next. The bits are those of one worker that measured all. */
    void append(S kept, S next);
}
