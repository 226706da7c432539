package dev.engram.encoders.network;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import java.util.List;

/**
 * Learned positions for a grid of tokens of another size, by bicubic interpolation: what timm's
 * {@code resample_abs_pos_embed} does. Positions of tokens before the grid (the class token's) stay as they are.
 */
public final class PositionGrid {
    private PositionGrid() {}

    /**
     * Positions for another grid.
     *
     * @param scope owns the result
     * @param positions {@code [1, prefix + fromSide², D]}, as a checkpoint holds them
     * @param prefix tokens before the grid: 1 with a class token, else 0
     * @param fromSide tokens in a row of the grid they were learned for
     * @param toSide tokens in a row of the grid they are wanted for
     * @param antialias timm's default when it loads a checkpoint; DINO interpolates without
     * @return {@code [1, prefix + toSide², D]}
     * @throws IllegalArgumentException if the positions are not of that grid
     */
    public static Tensor resized(Scope scope, Tensor positions, int prefix, int fromSide, int toSide, boolean antialias) {
        long[] shape = positions.shape();
        if (shape.length != 3 || shape[0] != 1 || shape[1] != prefix + (long) fromSide * fromSide) {
            throw new IllegalArgumentException("Positions of a grid of side %d after %d tokens are [1, %d, D], not %s"
                    .formatted(fromSide, prefix, prefix + (long) fromSide * fromSide, positions));
        }
        ProgramText text = new ProgramText();
        String own = text.let("torch.slice(x, 1, 0, %d, 1)", prefix);
        String grid = text.let("torch.slice(x, 1, %d, 9223372036854775807, 1)", prefix);
        String resized = write(text, grid, fromSide, toSide, toSide, antialias);
        String joined = text.let("torch.cat([%s, %s], 1)", own, resized);
        try (TorchProgram program = TorchProgram.compile(text.forward("x: Tensor", "Tensor", joined))) {
            return program.run(scope, positions).tensor();
        }
    }

    /** The positions of a grid {@code [side², D]} for another one, inside a pass, without antialiasing. */
    static Node resized(Graph graph, Node grid, long side, long rows, long columns) {
        String resized = write(graph.text(), grid.variable(), side, rows, columns, false);
        return new Node(resized, List.of(rows * columns, (long) grid.units()));
    }

    /** Writes {@code [1, side², D]} as {@code [1, rows · columns, D]}. */
    static String write(ProgramText text, String grid, long side, long rows, long columns, boolean antialias) {
        String map = text.let("torch.permute(torch.reshape(%s, [1, %2$d, %2$d, -1]), [0, 3, 1, 2])", grid, side);
        String resized = text.let(
                antialias
                        ? "ops.aten._upsample_bicubic2d_aa(%s, [%d, %d], False, None, None)"
                        : "torch.upsample_bicubic2d(%s, [%d, %d], False, None, None)",
                map, rows, columns);
        return text.let("torch.flatten(torch.permute(%s, [0, 2, 3, 1]), 1, 2)", resized);
    }
}
