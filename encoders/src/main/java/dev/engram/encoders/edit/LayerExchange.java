package dev.engram.encoders.edit;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.network.Network;
import java.util.List;

/**
 * Takes layers or whole blocks from another encoder of the same network. W. Wang, A. Dziedzic, M. Backes, F. Boenisch, "Localizing
 * Memorization in SSL Vision Encoders", NeurIPS 2024, <a href="https://arxiv.org/abs/2409.19069">arXiv 2409.19069</a>, Tables 21 to 24 and 30
 * to 33; their code takes the weight alone, which is {@link LayerScope#WEIGHT}.
 */
public final class LayerExchange {
    private LayerExchange() {}

    /**
     * Replaces the parts' tensors in place by those of {@code other}.
     *
     * @param state changed
     * @param other of the same network; only read
     */
    public static void apply(StateDict state, StateDict other, List<ExchangePart> parts, LayerScope scope) {
        for (ExchangePart part : parts) {
            part.tensors(scope).forEach(tensor -> Rows.copy(other.get(tensor), state.get(tensor)));
        }
    }

    /**
     * Layers can be exchanged between equal networks.
     *
     * @throws IllegalArgumentException saying where they differ
     */
    public static void requireSame(Network first, Network second) {
        if (!first.name().equals(second.name()) || !first.options().equals(second.options()) || !first.input().equals(second.input())) {
            throw new IllegalArgumentException("is a %s %s of %s, not a %s %s of %s".formatted(
                    second.name(), second.options(), second.input(), first.name(), first.options(), first.input()));
        }
    }
}
