package dev.engram.runs.launch;

import dev.engram.runs.ComputeDevice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which worker computes on which device: a card is one worker's alone, the CPU is shared by all. Thread-safe. */
final class DeviceSlots {
    private final List<ComputeDevice> devices;
    private final Map<String, ComputeDevice> taken = new LinkedHashMap<>();

    /** @param devices as {@link DeviceSetting#resolve} gives them */
    DeviceSlots(List<ComputeDevice> devices) {
        this.devices = List.copyOf(devices);
    }

    /** The first device that is free; a worker that has one keeps it. Empty if every card is taken. */
    synchronized Optional<ComputeDevice> take(String worker) {
        ComputeDevice own = taken.get(worker);
        if (own != null) {
            return Optional.of(own);
        }
        Optional<ComputeDevice> free = devices.stream()
                .filter(device -> device.equals(ComputeDevice.CPU) || !taken.containsValue(device))
                .findFirst();
        free.ifPresent(device -> taken.put(worker, device));
        return free;
    }

    /** Harmless if the worker has none. */
    synchronized void free(String worker) {
        taken.remove(worker);
    }
}
