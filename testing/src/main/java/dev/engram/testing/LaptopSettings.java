package dev.engram.testing;

import java.time.Duration;

/**
 * How a {@link Laptop} works.
 *
 * @param slots workers at the same time
 * @param heartbeat interval that the executor expects; a worker silent for three of them is lost. Workers beat fifty times as often, so that what
 *     they report and what is asked of them arrives soon, and a machine that stalls makes none silent
 * @param patience how long a worker waits for store and catalogue
 * @param stopGrace how long a worker may take to obey before it is killed
 * @param heap of a worker
 */
public record LaptopSettings(int slots, Duration heartbeat, Duration patience, Duration stopGrace, String heap) {

    /** One slot, heartbeats expected every 20 s, three minutes of patience, one to obey, 384 MiB. */
    public static LaptopSettings standard() {
        return new LaptopSettings(1, Duration.ofSeconds(20), Duration.ofMinutes(3), Duration.ofMinutes(1), "384m");
    }

    public LaptopSettings withSlots(int slots) {
        return new LaptopSettings(slots, heartbeat, patience, stopGrace, heap);
    }

    public LaptopSettings withPatience(Duration patience) {
        return new LaptopSettings(slots, heartbeat, patience, stopGrace, heap);
    }

    public LaptopSettings withStopGrace(Duration stopGrace) {
        return new LaptopSettings(slots, heartbeat, patience, stopGrace, heap);
    }

    public LaptopSettings withHeap(String heap) {
        return new LaptopSettings(slots, heartbeat, patience, stopGrace, heap);
    }
}
