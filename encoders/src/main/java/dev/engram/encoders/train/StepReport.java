package dev.engram.encoders.train;

import java.util.Map;

/**
 * What one step of training tells.
 *
 * @param step steps done, including this one
 * @param totalSteps steps of the whole training
 * @param epoch of this step, counted from 0
 * @param endsEpoch whether this was the epoch's last step
 * @param loss before the step
 * @param learningRate of the step
 * @param terms of the loss, and whatever else the method watches, by name
 */
public record StepReport(
        long step, long totalSteps, int epoch, boolean endsEpoch, double loss, double learningRate,
        Map<String, Double> terms) {}
