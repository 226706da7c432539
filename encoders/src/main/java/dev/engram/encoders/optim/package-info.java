/**
 * Optimizers, schedules, and the moving average of weights. One optimizer = one file; it writes its step into the training
 * program, so that a step is one native call for all tensors. What belongs here knows no network and no loss.
 */
package dev.engram.encoders.optim;
