package dev.engram.encoders.train;

import dev.engram.encoders.data.Visits;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.method.BatchNeeds;
import dev.engram.encoders.method.ViewNeeds;
import dev.engram.encoders.random.RandomStream;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step leaves to chance, drawn for each view of each image as a function of (seed, epoch, image id, visit, group, view) alone: random orders of
 * positions, from which masks are cut (the first so many positions stay visible), and uniform numbers.
 */
final class StepDraws {
    private static final int MOST_VIEWS = 1 << 10;

    private final StatelessRandom orders;
    private final StatelessRandom chances;

    StepDraws(long seed) {
        this.orders = StatelessRandom.of(seed, "mask");
        this.chances = StatelessRandom.of(seed, "chance");
    }

    /** The draws of every group in its order, an order before numbers; views of a group are view-major. */
    List<Tensor> draw(Scope scope, BatchNeeds needs, int epoch, int[] ids, int[] visits) {
        List<Tensor> draws = new ArrayList<>();
        for (int group = 0; group < needs.views().size(); group++) {
            ViewNeeds views = needs.views().get(group);
            if (views.maskedTokens() > 0) {
                draws.add(orders(scope, epoch, ids, visits, group, views));
            }
            if (views.chances() > 0) {
                draws.add(chances(scope, epoch, ids, visits, group, views));
            }
        }
        return draws;
    }

    /** INT64 {@code [views·N, tokens]}. */
    private Tensor orders(Scope scope, int epoch, int[] ids, int[] visits, int group, ViewNeeds views) {
        int tokens = views.maskedTokens();
        long[] drawn = new long[views.count() * ids.length * tokens];
        for (int row = 0; row < views.count() * ids.length; row++) {
            int[] order = at(orders, epoch, ids, visits, group, row).permutation(tokens);
            for (int j = 0; j < tokens; j++) {
                drawn[row * tokens + j] = order[j];
            }
        }
        return scope.longs(drawn, (long) views.count() * ids.length, tokens);
    }

    /** FLOAT32 {@code [views·N, chances]} in [0, 1): 24 bits each, so that none is rounded to 1. */
    private Tensor chances(Scope scope, int epoch, int[] ids, int[] visits, int group, ViewNeeds views) {
        int count = views.chances();
        float[] drawn = new float[views.count() * ids.length * count];
        for (int row = 0; row < views.count() * ids.length; row++) {
            RandomStream stream = at(chances, epoch, ids, visits, group, row);
            for (int j = 0; j < count; j++) {
                drawn[row * count + j] = (float) Math.floor(stream.uniform() * (1 << 24)) / (1 << 24);
            }
        }
        return scope.floats(drawn, (long) views.count() * ids.length, count);
    }

    private static RandomStream at(StatelessRandom random, int epoch, int[] ids, int[] visits, int group, int row) {
        int image = row % ids.length;
        return random.at(epoch, ids[image], visits[image] * Visits.DRAWS + group * MOST_VIEWS + row / ids.length);
    }
}
