package dev.engram.encoders.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TorchProgramTest {
    private static final String SCALED = """
            def forward(self, x: Tensor, scale: float) -> Tensor:
              y = torch.relu(x)
              return torch.mul(y, scale)
            """;

    @Test
    void runsTextWithTensorsAndNumbers() {
        try (TorchProgram program = TorchProgram.compile(SCALED);
                Scope scope = Scope.open()) {
            Tensor result = program.run(scope, scope.floats(new float[] {-1, 2, 3}, 3), 0.5).tensor();
            assertArrayEquals(new float[] {0, 1, 1.5f}, result.floats());
            assertArrayEquals(new long[] {3}, result.shape());
        }
    }

    @Test
    void returnsListsAndNumbersOfATuple() {
        String text = """
                def forward(self, xs: List[Tensor]) -> Tuple[List[Tensor], int, float, bool]:
                  ys = annotate(List[Tensor], [])
                  for i in range(torch.len(xs)):
                    _0 = torch.append(ys, torch.neg(xs[i]))
                  return (ys, torch.len(ys), 0.25, True)
                """;
        try (TorchProgram program = TorchProgram.compile(text);
                Scope scope = Scope.open()) {
            List<Tensor> xs = List.of(scope.doubles(new double[] {1, 2}, 2), scope.longs(new long[] {7}));
            ProgramResult result = program.run(scope, xs);
            assertEquals(4, result.size());
            assertArrayEquals(new double[] {-1, -2}, result.tensors(0).get(0).doubles());
            assertEquals(-7, result.tensors(0).get(1).item());
            assertEquals(2, result.number(1));
            assertEquals(0.25, result.number(2));
            assertEquals(1, result.number(3));
            assertThrows(IllegalStateException.class, result::tensor);
        }
    }

    @Test
    void takesGradientsInsideAProgram() {
        String text = """
                def forward(self, x: Tensor) -> Tensor:
                  leaf = torch.requires_grad_(torch.detach(x), True)
                  loss = torch.sum(torch.mul(leaf, leaf))
                  g = torch.grad([loss], [leaf], None, None, False, False)
                  return unchecked_cast(Tensor, g[0])
                """;
        try (TorchProgram program = TorchProgram.compile(text);
                Scope scope = Scope.open()) {
            Tensor x = scope.doubles(new double[] {1, -3}, 2);
            assertArrayEquals(new double[] {2, -6}, program.runWithGradient(scope, x).tensor().doubles());
            assertThrows(ProgramException.class, () -> program.run(scope, x));
        }
    }

    @Test
    void namesTheLineThatDoesNotCompile() {
        String text = """
                def forward(self, x: Tensor) -> Tensor:
                  y = torch.relu(x)
                  return torch.no_such_operator(y)
                """;
        ProgramException e = assertThrows(ProgramException.class, () -> TorchProgram.compile(text));
        assertEquals(OptionalInt.of(3), e.line());
        assertTrue(e.getMessage().contains("return torch.no_such_operator(y)"), e.getMessage());
    }

    @Test
    void namesTheLineThatFails() {
        String text = """
                def forward(self, x: Tensor, y: Tensor) -> Tensor:
                  z = torch.neg(x)
                  return torch.matmul(z, y)
                """;
        try (TorchProgram program = TorchProgram.compile(text);
                Scope scope = Scope.open()) {
            Tensor x = scope.zeros(ElementType.FLOAT32, 2, 3);
            ProgramException e = assertThrows(ProgramException.class, () -> program.run(scope, x, x));
            assertEquals(OptionalInt.of(3), e.line());
            assertTrue(e.getMessage().contains("torch.matmul(z, y)"), e.getMessage());
        }
    }

    @Test
    void refusesArgumentsItCannotPass() {
        try (TorchProgram program = TorchProgram.compile(SCALED);
                Scope scope = Scope.open()) {
            Tensor x = scope.zeros(ElementType.FLOAT32, 1);
            assertTrue(assertThrows(IllegalArgumentException.class, () -> program.run(scope, x, new Object()))
                    .getMessage()
                    .startsWith("Argument 1 is a java.lang.Object"));
            assertThrows(IllegalArgumentException.class, () -> program.run(scope, x, null));
            assertThrows(IllegalArgumentException.class, () -> program.run(scope, List.of("x"), 1.0));
            assertThrows(ProgramException.class, () -> program.run(scope, x));
        }
    }

    @Test
    void neverLeavesRecordingOfGradientsOn() {
        String text = """
                def forward(self, x: Tensor) -> Tensor:
                  _0 = torch.set_grad_enabled(True)
                  ops.prim.RaiseException("stop")
                  return x
                """;
        try (TorchProgram failing = TorchProgram.compile(text);
                TorchProgram program = TorchProgram.compile("""
                        def forward(self, x: Tensor) -> bool:
                          return torch.is_grad_enabled()
                        """);
                Scope scope = Scope.open()) {
            Tensor x = scope.zeros(ElementType.FLOAT32, 1);
            assertThrows(ProgramException.class, () -> failing.runWithGradient(scope, x));
            assertFalse(JniUtils.isGradMode());
            assertEquals(0, program.run(scope, x).number(0));
            assertEquals(1, program.runWithGradient(scope, x).number(0));
            assertFalse(JniUtils.isGradMode());
        }
    }

    @Test
    void refusesToRunOnceClosed() {
        TorchProgram program = TorchProgram.compile(SCALED);
        program.close();
        program.close();
        try (Scope scope = Scope.open()) {
            Tensor x = scope.zeros(ElementType.FLOAT32, 1);
            assertThrows(IllegalStateException.class, () -> program.run(scope, x, 1.0));
        }
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        String text = """
                def forward(self, x: Tensor) -> Tensor:
                  leaf = torch.requires_grad_(torch.detach(x), True)
                  loss = torch.sum(torch.mul(torch.matmul(leaf, leaf), leaf))
                  g = torch.grad([loss], [leaf], None, None, False, False)
                  return unchecked_cast(Tensor, g[0])
                """;
        long before = Tensor.alive();
        try (TorchProgram program = TorchProgram.compile(text);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<List<float[]>> work = () -> {
                List<float[]> results = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    try (Scope scope = Scope.open()) {
                        Tensor x = scope.floats(new float[] {i, 1, -2, 0.5f}, 2, 2);
                        results.add(program.runWithGradient(scope, x).tensor().floats());
                    }
                }
                return results;
            };
            List<float[]> expected = work.call();
            for (Future<List<float[]>> found : threads.invokeAll(List.of(work, work, work, work))) {
                for (int i = 0; i < expected.size(); i++) {
                    assertArrayEquals(expected.get(i), found.get().get(i));
                }
            }
        }
        assertEquals(before, Tensor.alive());
    }

    @Test
    void saysThatMemoryDoesNotSuffice() {
        String text = """
                def forward(self, n: int) -> Tensor:
                  return torch.zeros([n, n], dtype=6, layout=None, device=None, pin_memory=None)
                """;
        try (TorchProgram program = TorchProgram.compile(text);
                Scope scope = Scope.open()) {
            ProgramException e = assertThrows(ProgramException.class, () -> program.run(scope, 1 << 24));
            assertTrue(e.getMessage().contains("can't allocate memory"), e.getMessage());
        }
    }
}
