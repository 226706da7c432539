package dev.engram.runs.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.runs.ComputeDevice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceSlotsTest {
    private static final ComputeDevice FIRST = new ComputeDevice("cuda:0", "A");
    private static final ComputeDevice SECOND = new ComputeDevice("cuda:1", "A");

    @Test
    void aCardIsOneWorkersAlone() {
        DeviceSlots slots = new DeviceSlots(List.of(FIRST, SECOND));
        assertEquals(Optional.of(FIRST), slots.take("a-1"));
        assertEquals(Optional.of(SECOND), slots.take("b-1"));
        assertEquals(Optional.empty(), slots.take("c-1"));
        assertEquals(Optional.of(FIRST), slots.take("a-1"));
        slots.free("a-1");
        slots.free("never-1");
        assertEquals(Optional.of(FIRST), slots.take("c-1"));
    }

    @Test
    void theCpuIsShared() {
        DeviceSlots slots = new DeviceSlots(List.of(ComputeDevice.CPU));
        assertEquals(Optional.of(ComputeDevice.CPU), slots.take("a-1"));
        assertEquals(Optional.of(ComputeDevice.CPU), slots.take("b-1"));
    }
}
