package dev.engram.runs.launch;

import dev.engram.runs.ComputeDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The setting {@code engram.devices}: {@code cpu}; cards, {@code cuda:0,cuda:1}; or {@code auto}, which is every card of the machine where
 * workers have a native library for cards ({@code PYTORCH_FLAVOR} begins with {@code cu}), and the CPU elsewhere.
 */
public final class DeviceSetting {
    public static final String KEY = "engram.devices";
    public static final String AUTO = "auto";

    private DeviceSetting() {}

    /**
     * The devices of a setting: {@link ComputeDevice#CPU} alone, or cards, each once.
     *
     * @param flavor value of {@code PYTORCH_FLAVOR}, empty if unset
     * @throws IllegalArgumentException naming everything that is no device or not there
     */
    public static List<ComputeDevice> resolve(String setting, CudaDriver driver, String flavor) {
        String value = setting.strip();
        if (value.equals(ComputeDevice.CPU.name()) || value.equals(AUTO) && !flavor.startsWith("cu")) {
            return List.of(ComputeDevice.CPU);
        }
        List<String> cards = driver.cards();
        if (value.equals(AUTO)) {
            return cards.isEmpty()
                    ? List.of(ComputeDevice.CPU)
                    : IntStream.range(0, cards.size()).mapToObj(i -> new ComputeDevice("cuda:" + i, cards.get(i))).toList();
        }
        return named(Arrays.stream(value.split(",", -1)).map(String::strip).toList(), cards);
    }

    /** A device that a worker was given, with what it is as far as the driver knows. */
    public static ComputeDevice describe(String name, CudaDriver driver) {
        if (name.equals(ComputeDevice.CPU.name())) {
            return ComputeDevice.CPU;
        }
        List<String> cards = driver.cards();
        int card = card(name);
        return new ComputeDevice(name, card < cards.size() ? cards.get(card) : "unknown to the driver");
    }

    private static int card(String name) {
        return Integer.parseInt(name.substring(name.indexOf(':') + 1));
    }

    private static List<ComputeDevice> named(List<String> names, List<String> cards) {
        List<ComputeDevice> devices = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            if (!ComputeDevice.isName(name)) {
                problems.add("\"%s\" is none of auto, cpu, cuda:N".formatted(name));
            } else if (name.equals(ComputeDevice.CPU.name())) {
                problems.add("cpu stands alone, not beside cards");
            } else if (devices.stream().anyMatch(device -> device.name().equals(name))) {
                problems.add(name + " is named twice");
            } else {
                int card = card(name);
                if (card >= cards.size()) {
                    problems.add("%s is not there, %s".formatted(name, there(cards)));
                } else {
                    devices.add(new ComputeDevice(name, cards.get(card)));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(KEY + ": " + String.join("; ", problems));
        }
        return List.copyOf(devices);
    }

    private static String there(List<String> cards) {
        return cards.isEmpty()
                ? "the CUDA driver of this machine (libcuda.so.1) has no card"
                : "this machine has cuda:0 … cuda:%d".formatted(cards.size() - 1);
    }
}
