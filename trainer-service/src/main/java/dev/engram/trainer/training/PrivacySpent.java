package dev.engram.trainer.training;

import dev.engram.encoders.optim.RenyiAccountant;

/**
 * ε of a private training so far.
 *
 * @param delta δ, in (0, 1)
 */
record PrivacySpent(RenyiAccountant accountant, double delta) {
    double epsilon(long steps) {
        return accountant.epsilon(steps, delta);
    }
}
