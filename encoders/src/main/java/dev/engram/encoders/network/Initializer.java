package dev.engram.encoders.network;

import dev.engram.encoders.random.RandomStream;

/** The distribution that initial values are drawn from. */
public sealed interface Initializer permits Initializer.Constant, Initializer.Normal, Initializer.Uniform, SineCosine {
    /** Every element is {@code value}. */
    record Constant(double value) implements Initializer {}

    /** Uniform in [-bound, bound). */
    record Uniform(double bound) implements Initializer {}

    /** Normal with mean 0. */
    record Normal(double deviation) implements Initializer {}

    /**
     * PyTorch's default for {@code Conv2d} and {@code Linear}, weight and bias alike: uniform within 1/√fan_in, which is what
     * {@code kaiming_uniform_(a=√5)} comes to.
     */
    static Initializer byFanIn(long fanIn) {
        return new Uniform(1 / Math.sqrt(fanIn));
    }

    /** {@code kaiming_normal_(mode="fan_out", nonlinearity="relu")}: normal with deviation √(2/fan_out). */
    static Initializer heNormal(long fanOut) {
        return new Normal(Math.sqrt(2.0 / fanOut));
    }

    /** {@code xavier_uniform_}: uniform within √(6/(fan_in + fan_out)). */
    static Initializer xavier(long fanIn, long fanOut) {
        return new Uniform(Math.sqrt(6.0 / (fanIn + fanOut)));
    }

    /** Draws {@code n} values. */
    default float[] draw(RandomStream draws, int n) {
        return switch (this) {
            case Constant(double value) -> {
                float[] values = new float[n];
                java.util.Arrays.fill(values, (float) value);
                yield values;
            }
            case Uniform(double bound) -> draws.uniformFloats(n, -bound, bound);
            case Normal(double deviation) -> draws.normalFloats(n, 0, deviation);
            case SineCosine grid -> grid.values();
        };
    }
}
