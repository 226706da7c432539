package dev.engram.runs.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.engram.runs.ComputeDevice;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceSettingTest {
    private static final ComputeDevice FIRST = new ComputeDevice("cuda:0", "NVIDIA A");
    private static final ComputeDevice SECOND = new ComputeDevice("cuda:1", "NVIDIA B");
    private static final CudaDriver TWO_CARDS = () -> List.of("NVIDIA A", "NVIDIA B");
    private static final CudaDriver NO_CARD = List::of;

    @Test
    void autoIsAllCardsWhereWorkersCanUseThem() {
        assertEquals(List.of(FIRST, SECOND), DeviceSetting.resolve("auto", TWO_CARDS, "cu128"));
        assertEquals(List.of(ComputeDevice.CPU), DeviceSetting.resolve("auto", NO_CARD, "cu128"));
    }

    @Test
    void theDriverIsNotAskedWhereTheLibraryIsForTheCpu() {
        CudaDriver untouched = () -> fail("asked");
        assertEquals(List.of(ComputeDevice.CPU), DeviceSetting.resolve("auto", untouched, "cpu"));
        assertEquals(List.of(ComputeDevice.CPU), DeviceSetting.resolve("auto", untouched, ""));
        assertEquals(List.of(ComputeDevice.CPU), DeviceSetting.resolve(" cpu ", untouched, "cu128"));
    }

    @Test
    void cardsAreNamedInAnyOrder() {
        assertEquals(List.of(SECOND, FIRST), DeviceSetting.resolve("cuda:1, cuda:0", TWO_CARDS, ""));
        assertEquals(List.of(SECOND), DeviceSetting.resolve("cuda:1", TWO_CARDS, ""));
    }

    @Test
    void everythingWrongAtOnce() {
        assertEquals(
                "engram.devices: \"gpu:0\" is none of auto, cpu, cuda:N; cpu stands alone, not beside cards; cuda:0 is named twice;"
                        + " cuda:2 is not there, this machine has cuda:0 … cuda:1; \"\" is none of auto, cpu, cuda:N",
                refused("gpu:0,cpu,cuda:0,cuda:0,cuda:2,", TWO_CARDS));
        assertEquals(
                "engram.devices: cuda:0 is not there, the CUDA driver of this machine (libcuda.so.1) has no card", refused("cuda:0", NO_CARD));
    }

    @Test
    void aWorkerSaysWhatItWasGiven() {
        assertEquals("cuda:1 (NVIDIA B)", DeviceSetting.describe("cuda:1", TWO_CARDS).toString());
        assertEquals("unknown to the driver", DeviceSetting.describe("cuda:1", NO_CARD).kind());
        assertEquals("cpu", DeviceSetting.describe("cpu", () -> fail("asked")).toString());
    }

    private static String refused(String setting, CudaDriver driver) {
        return assertThrows(IllegalArgumentException.class, () -> DeviceSetting.resolve(setting, driver, "")).getMessage();
    }
}
