package dev.engram.encoders.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.file.CorruptFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that claim what is not so are refused with the byte and the opcode; nothing is executed. */
class HostileWeightsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "negative-stride.pt | REDUCE: a tensor with size 4 and stride -1",
        "negative-size.pt | REDUCE: a tensor with size -4 and stride 1",
        "offset.pt | REDUCE: a tensor reaches element 4 of a storage of 4",
        "beyond.pt | REDUCE: a tensor reaches element 4 of a storage of 4",
        "overflow.pt | REDUCE: a tensor of more elements than can be counted",
        "claimed-storage.pt | storage archive/data/0 has 16 bytes, not 4398046511104",
        "short-storage.pt | storage archive/data/0 has 16 bytes, not 20",
        "missing-storage.pt | storage archive/data/0 is missing",
        "twice.pt | the name archive/data/0 comes twice",
        "two-pickles.pt | a zip file with 2 entries named data.pkl",
        "many.pt | more than 16 MiB",
        "long-text.pt | 4294967295 bytes are needed here, the pickle ends after 4",
        "longer-text.pt | 4611686018427387904 bytes are needed here",
        "negative-text.pt | -1 bytes are needed here",
        "long-number.pt | -5 bytes are needed here",
        "no-mark.pt | byte 5: TUPLE: there is no mark on the stack",
        "no-memo.pt | byte 2: BINGET: nothing is remembered as 7",
        "stack.pt | byte 2: POP: there is nothing on the stack",
        "opcode.pt | byte 2: 0xff is no opcode of a pickle",
        "ext.pt | byte 2: EXT1: is not used by PyTorch",
        "endless.pt | byte 3: 1 bytes are needed here, the pickle ends after 0",
        "call-number.pt | byte 8: REDUCE: what is called is no class",
        "big-endian.pt | byte order \"big\"",
        "cut.pt | ends without its directory",
        "cut.pth | the file has",
        "pickle.pkl | byte 0: a pickle that torch.save did not write",
        "picture.png | byte 0: is neither safetensors nor a file of torch.save",
        "empty.pt | byte 0: is neither safetensors nor a file of torch.save",
        "key-twice.pth | storage 0 comes twice",
        "count.pth | storage 0 has 1152921504606846976 elements, not 2",
    })
    void isRefused(String name, String problem) {
        var refused = assertThrows(CorruptFileException.class, () -> WeightsSamples.open("hostile-" + name));

        assertTrue(refused.getMessage().contains(problem), refused.getMessage());
        assertTrue(refused.getMessage().startsWith("hostile-" + name), refused.getMessage());
        assertTrue(refused.getMessage().contains("byte "), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"laughs.pt", "deep.pt", "deep-tuples.pt", "self.pt"})
    void whatIsOnlyStrangeHoldsNoTensors(String name) {
        try (WeightsFile file = WeightsSamples.open("hostile-" + name)) {
            assertEquals(List.of(), file.states());
            assertEquals(List.of(), file.foreign());
        }
    }

    @Test
    void namesArePathsOfNothing() {
        try (WeightsFile file = WeightsSamples.open("hostile-path.pt")) {
            assertEquals(4, file.states().getFirst().tensors().get("w").elements());
        }
    }

    @Test
    void nothingIsExecuted() {
        try (WeightsFile execute = WeightsSamples.open("hostile-execute.pt");
                WeightsFile attribute = WeightsSamples.open("hostile-getattr.pt")) {
            assertEquals(List.of("os.system"), execute.foreign());
            assertEquals(List.of("builtins.getattr", "torch.serialization"), attribute.foreign());
        }
        assertFalse(Files.exists(Path.of("/tmp/engram-was-here")));
    }

    @Test
    void aViewOfOneValueIsNotMadeTerabytesOf() {
        try (WeightsFile file = WeightsSamples.open("hostile-huge-view.pt")) {
            StoredTensor tensor = file.states().getFirst().tensors().get("w");

            assertEquals(1L << 40, tensor.elements());
            assertThrows(IllegalStateException.class, tensor::read);
        }
    }

    @Test
    void aCompressedStorageIsUnpackedOnlyAsFarAsTheFileAllows() {
        try (WeightsFile file = WeightsSamples.open("hostile-bomb.pt")) {
            StoredTensor tensor = file.states().getFirst().tensors().get("w");
            var refused = assertThrows(CorruptFileException.class, tensor::read);

            assertTrue(refused.getMessage().contains("more than 16 MiB"), refused.getMessage());
        }
    }

    @Test
    void aDamagedStorageIsNoticedWhenItIsRead() {
        byte[] bytes = WeightsSamples.bytes("zip.pt");
        byte[] pattern = {0x00, 0x00, (byte) 0x80, (byte) 0xbf};
        int at = indexOf(bytes, pattern);
        bytes[at + 3] = (byte) 0x3f;
        try (WeightsFile file = WeightsFile.of("zip.pt", bytes)) {
            var refused = assertThrows(CorruptFileException.class, () -> file.states().getFirst().tensors().values().forEach(StoredTensor::read));

            assertTrue(refused.getMessage().contains("CRC-32"), refused.getMessage());
        }
    }

    /** Of the first value of {@code strided} and {@code transposed}, -1. */
    private static int indexOf(byte[] bytes, byte[] pattern) {
        for (int i = 0; i < bytes.length - pattern.length; i++) {
            if (Arrays.equals(bytes, i, i + pattern.length, pattern, 0, pattern.length)) {
                return i;
            }
        }
        throw new AssertionError("the sample has no -1");
    }
}
