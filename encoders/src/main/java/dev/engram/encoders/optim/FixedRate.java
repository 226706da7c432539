package dev.engram.encoders.optim;

import java.util.List;

/**
 * A learning rate that no schedule changes, for some of the parameters. SimSiam's predictor has one (X. Chen, K. He, CVPR 2021,
 * <a href="https://arxiv.org/abs/2011.10566">arXiv 2011.10566</a>, section 4.1: it need not be optimal all the time, but it must follow
 * the latest representation).
 *
 * @param names parameters, each by its name or by the beginning of names up to a dot
 * @param rate at least 0
 */
public record FixedRate(List<String> names, double rate) {
    /** Every parameter follows the schedule. */
    public static final FixedRate NONE = new FixedRate(List.of(), 0);

    public FixedRate {
        names = List.copyOf(names);
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("a fixed rate must be at least 0, is " + rate);
        }
    }
}
