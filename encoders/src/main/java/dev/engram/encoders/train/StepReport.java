package dev.engram.encoders.train;

/**
 * What one step of training tells.
 *
 * @param step steps done, including this one
 * @param totalSteps steps of the whole training
 * @param epoch of this step, counted from 0
 * @param endsEpoch whether this was the epoch's last step
 * @param loss before the step
 * @param learningRate of the step
 */
public record StepReport(long step, long totalSteps, int epoch, boolean endsEpoch, double loss, double learningRate) {}
