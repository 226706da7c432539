package dev.engram.encoders.optim;

/**
 * What an optimizer's step is given anew each time.
 *
 * @param learningRate at least 0
 * @param weightDecay at least 0
 * @param momentum of SGD and LARS, β₁ of Adam; in [0, 1)
 */
public record OptimizerRates(double learningRate, double weightDecay, double momentum) {}
