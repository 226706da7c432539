/** Whether rankings of images agree: overlap of top sets and Kendall's tau. Knows scores, not where they come from. */
package dev.engram.metrics.agreement;
