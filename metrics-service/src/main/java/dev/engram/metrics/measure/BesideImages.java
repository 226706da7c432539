package dev.engram.metrics.measure;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;

/** Images as they are and what became of them in one batch, so that they go through a network together. Thread-safe. */
public final class BesideImages implements AutoCloseable {
    private static final String TEXT = """
            def forward(self, plain: Tensor, changed: Tensor) -> Tensor:
              return torch.cat([plain, changed], 0)
            """;

    private final TorchProgram program = TorchProgram.compile(TEXT);

    /**
     * First the images, then what became of them: {@code [(1 + V)·B, C, H, W]}.
     *
     * @param plain {@code [B, C, H, W]}
     * @param changed {@code [V·B, C, H, W]}, first one view of every image, then the next
     */
    public Tensor of(Scope scope, Tensor plain, Tensor changed) {
        return program.run(scope, plain, changed).tensor();
    }

    @Override
    public void close() {
        program.close();
    }
}
