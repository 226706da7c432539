package dev.engram.attack.onemodel;

import dev.engram.attack.dejavu.NeighborVote;

/**
 * Guesses a class from tags, each taken by itself.
 *
 * <p>{@link Rule#PRODUCT_OF_POSTERIORS} is the published one: score(c) = Π P(c | tag) with P(c | tag) = count(c, tag) / count(tag), and
 * {@value #UNSEEN} where class and tag were never seen together. It is no textbook's naive Bayes: classes are not weighed by how often they
 * are. {@link Rule#TEXTBOOK} is P(c) · Π P(tag | c), every count plus one. Without tags all classes are equal under the first, and the
 * most frequent class wins under the second.
 */
public final class NaiveBayes {
    private static final double UNSEEN = 1e-10;

    /** How tags are put together. */
    public enum Rule {
        PRODUCT_OF_POSTERIORS,
        TEXTBOOK
    }

    private final Rule rule;
    private final int[][] counts;
    private final int[] tags;
    private final int[] classes;
    private final int examples;

    /**
     * Counts the tags of examples.
     *
     * @param tags of each example, 0 to vocabulary - 1
     * @param labels of each example, 0 to classes - 1
     */
    public NaiveBayes(Rule rule, int[][] tags, int[] labels, int vocabulary, int classes) {
        this.rule = rule;
        this.counts = new int[classes][vocabulary];
        this.tags = new int[vocabulary];
        this.classes = new int[classes];
        this.examples = labels.length;
        for (int i = 0; i < labels.length; i++) {
            this.classes[labels[i]]++;
            for (int tag : tags[i]) {
                counts[labels[i]][tag]++;
                this.tags[tag]++;
            }
        }
    }

    /** The likeliest classes of an image with these tags. */
    public NeighborVote guess(int[] seen) {
        return Posterior.guess(posterior(seen));
    }

    /** How likely each class is, sum 1. */
    double[] posterior(int[] seen) {
        double[] logs = new double[classes.length];
        for (int label = 0; label < logs.length; label++) {
            logs[label] = rule == Rule.TEXTBOOK ? StrictMath.log(smoothed(classes[label], examples, classes.length)) : 0;
            for (int tag : seen) {
                logs[label] += StrictMath.log(of(label, tag));
            }
        }
        return Posterior.ofLogs(logs);
    }

    private double of(int label, int tag) {
        return switch (rule) {
            case PRODUCT_OF_POSTERIORS ->
                counts[label][tag] == 0 ? UNSEEN : (double) counts[label][tag] / tags[tag];
            case TEXTBOOK -> smoothed(counts[label][tag], sum(counts[label]), tags.length);
        };
    }

    private static int sum(int[] values) {
        int sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }

    private static double smoothed(int count, int total, int outcomes) {
        return (count + 1.0) / (total + outcomes);
    }
}
