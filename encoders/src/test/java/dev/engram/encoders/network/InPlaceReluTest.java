package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.encoders.engine.ProgramText;
import org.junit.jupiter.api.Test;

class InPlaceReluTest {
    @Test
    void writesOverANormalizedOrAddedValueThatNobodyElseReads() {
        assertEquals(
                """
                v1 = torch.batch_norm(v0, q[0])
                v2 = torch.relu_(v1)
                v10 = torch.add(v2, v0)
                v11 = torch.relu_(v10)
                """,
                InPlaceRelu.in(
                        """
                        v1 = torch.batch_norm(v0, q[0])
                        v2 = torch.relu(v1)
                        v10 = torch.add(v2, v0)
                        v11 = torch.relu(v10)
                        """));
    }

    @Test
    void keepsAValueThatSomethingElseReads() {
        String tapped =
                """
                v1 = torch.batch_norm(v0, q[0])
                v2 = torch.contiguous(v1)
                v3 = torch.relu(v1)
                """;
        assertEquals(tapped, InPlaceRelu.in(tapped));
        String returned = "v1 = torch.add(v0, v0)\nv2 = torch.relu(v1)\nreturn [v2, v1]\n";
        assertEquals(returned, InPlaceRelu.in(returned));
    }

    @Test
    void writesOverAValueThatWasReadBeforeAndIsNotKept() {
        ProgramText text = new ProgramText();
        String value = text.let("torch.add(%s, %s)", "x", "x");
        String sum = text.let("torch.sum(%s)", InPlaceRelu.readOnce(value, text));
        String positive = text.let("torch.relu(%s)", value);
        String program = text.forward("x: Tensor", "Tuple[Tensor, Tensor]", "(" + sum + ", " + positive + ")");
        assertEquals(program.replace("torch.relu(", "torch.relu_("), InPlaceRelu.in(program));
        String kept = program.replace("return (", "return (v0, ");
        assertEquals(kept, InPlaceRelu.in(kept));
    }

    @Test
    void keepsAnArgumentAndWhatGradientsNeed() {
        String program = "v1 = torch.relu(x)\nv2 = torch.sigmoid(v1)\nv3 = torch.relu(v2)\n";
        assertEquals(program, InPlaceRelu.in(program));
    }
}
