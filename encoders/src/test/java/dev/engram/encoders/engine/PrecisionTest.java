package dev.engram.encoders.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PrecisionTest {
    private static final String PROGRAM = """
            def forward(self, x: Tensor, w: Tensor) -> Tensor:
              v0 = torch.conv2d(x, w, None, [1, 1], [0, 0], [1, 1], 1)
              v1 = torch.linear(v0, w2[3], b[0])
              return torch.mul(v1, 2.)
            """;

    @Test
    void onlyLayersChangeAndTheirResultsAreFloats() {
        assertSame(PROGRAM, Precision.FLOAT32.in(PROGRAM));
        assertEquals("""
                def forward(self, x: Tensor, w: Tensor) -> Tensor:
                  v0 = torch.to(torch.conv2d(torch.to(x, 15), torch.to(w, 15), None, [1, 1], [0, 0], [1, 1], 1), 6)
                  v1 = torch.to(torch.linear(torch.to(v0, 15), torch.to(w2[3], 15), torch.to(b[0], 15)), 6)
                  return torch.mul(v1, 2.)
                """, Precision.BFLOAT16.in(PROGRAM));
    }

    /** 1 + 2⁻⁸ has nine significant bits and becomes 1; a sum in bfloat16 would stop growing at 256. */
    @Test
    void operandsAreRoundedAndSumsAreNot() {
        String text = Precision.BFLOAT16.in("""
                def forward(self, x: Tensor, w: Tensor) -> Tensor:
                  v0 = torch.linear(x, w, None)
                  return v0
                """);
        try (Scope scope = Scope.open();
                TorchProgram program = TorchProgram.compile(text)) {
            Tensor x = scope.floats(new float[] {1.00390625f, 3}, 1, 2);
            assertEquals(7, program.run(scope, x, scope.floats(new float[] {1, 2}, 1, 2)).tensor().item());
            float[] ones = new float[1024];
            Arrays.fill(ones, 1);
            assertEquals(1024, program.run(scope, scope.floats(ones, 1, 1024), scope.floats(ones, 1, 1024)).tensor().item());
        }
    }

    @Test
    void namesAreThoseOfRecipes() {
        assertEquals(Precision.BFLOAT16, Precision.named("bfloat16"));
        String message = assertThrows(IllegalArgumentException.class, () -> Precision.named("half")).getMessage();
        assertTrue(message.contains("half") && message.contains("float32, bfloat16"), message);
    }
}
