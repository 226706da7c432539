package dev.engram.encoders.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The one native engine of this process.
 *
 * <p>Starts at first use: no network, no tracking, no zoo. The first start of a machine unpacks 432 MB below {@code ~/.djl.ai}
 * ({@code DJL_CACHE_DIR}); later ones take under a second.
 *
 * <p>A process computes on one device: that of the system property {@value #DEVICE_PROPERTY}, else of the environment variable
 * {@value #DEVICE_VARIABLE}, else the CPU. Cards need another build of the native library than the one that ships with Engram
 * ({@code docs/engine.md}).
 */
public final class TorchEngine {
    /** Names the device of this process: {@code cpu}, {@code cuda:0}. */
    public static final String DEVICE_PROPERTY = "engram.device";

    /** Names it too, where the property is not set. */
    public static final String DEVICE_VARIABLE = "ENGRAM_DEVICE";

    /** Major compute capability of the first cards that multiply in TF32 and bfloat16 (NVIDIA Ampere). */
    private static final int AMPERE = 8;

    private static volatile Started started;

    private record Started(NDManager root, Device device, TensorMemory memory) {}

    private TorchEngine() {}

    /**
     * Starts the engine with a given number of threads inside one operation, for operations of the calling thread and of threads
     * that first use the engine later.
     *
     * @param threads intra-operation threads, at least 1. Results of sums depend on it in the last bits.
     * @throws EngineException if the native libraries cannot be loaded
     */
    public static void start(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, is " + threads);
        }
        // Asked first, because a thread's first operation would otherwise set it back to the number for threads to come.
        threads();
        JniUtils.setNumThreads(threads);
    }

    /** Threads that one operation of the calling thread may use. */
    public static int threads() {
        root();
        return JniUtils.getNumThreads();
    }

    /** Version of the native library, such as {@code 2.7.1}. */
    public static String version() {
        return root().getEngine().getVersion();
    }

    /**
     * The device of this process, or what it will be. Asking does not start the engine.
     *
     * @throws IllegalArgumentException if it is named wrongly
     */
    public static Device device() {
        if (started != null) {
            return started.device();
        }
        String label = System.getProperty(DEVICE_PROPERTY, System.getenv(DEVICE_VARIABLE));
        return label == null || label.isBlank() ? Device.CPU : new Device(label);
    }

    /** What the device of this process can multiply in, as far as its kind tells: {@link Precision#TF32} is for cards. */
    public static List<Precision> precisions() {
        return Stream.of(Precision.values()).filter(precision -> precision != Precision.TF32 || device().isCuda()).toList();
    }

    /**
     * Chooses what this process multiplies in, for all that it computes from then on; returns its argument. {@link Precision#TF32} is a mode
     * of cards; the others are a matter of each program and take it back.
     *
     * @throws IllegalArgumentException if the device of this process cannot
     */
    public static Precision use(Precision precision) {
        boolean rounds = precision == Precision.TF32;
        if (rounds && !device().isCuda()) {
            throw new IllegalArgumentException(
                    "precision: tf32 is a mode of CUDA devices; this process computes on %s (engram.devices)".formatted(device()));
        }
        if (device().isCuda()) {
            root();
            if (rounds) {
                requireTf32(device());
            }
            CudaSwitches.allowTf32(rounds);
        }
        return precision;
    }

    /**
     * The largest share by which this process changes an operand of a float32 product before it multiplies: 0, but in TF32 2⁻¹⁰, as cards may
     * cut off what they do not keep. Whoever proves something about products adds it.
     */
    public static double operandRounding() {
        return device().isCuda() && CudaSwitches.allowsTf32() ? 0x1p-10 : 0;
    }

    private static void requireTf32(Device device) {
        ComputeCapability capability = ComputeCapability.of(device.index());
        if (capability.major() < AMPERE) {
            throw new IllegalArgumentException("precision: %s cannot compute in tf32: its compute capability is %s, not %d.0 or more"
                    .formatted(device, capability, AMPERE));
        }
    }

    static PtNDManager newManager() {
        return (PtNDManager) root().newSubManager();
    }

    /** For tensors in this machine's memory, whatever the device. */
    static PtNDManager newHostManager() {
        return (PtNDManager) root().newSubManager(ai.djl.Device.cpu());
    }

    static TensorMemory memory() {
        return started().memory();
    }

    /** Grad mode and the graph optimizer are thread-local with unwanted defaults: every call into the engine sets both. */
    static void prepareThread(boolean recordGradients) {
        JniUtils.setGradMode(recordGradients);
        JniUtils.setGraphExecutorOptimize(false);
    }

    private static NDManager root() {
        return started().root();
    }

    private static Started started() {
        if (started == null) {
            synchronized (TorchEngine.class) {
                if (started == null) {
                    Device device = device();
                    started = new Started(open(device), device, device.isCuda() ? new DeviceMemory() : new HostMemory());
                }
            }
        }
        return started;
    }

    private static NDManager open(Device device) {
        setUnlessGiven("ai.djl.offline", "true");
        setUnlessGiven("OPT_OUT_TRACKING", "true");
        setUnlessGiven("ai.djl.pytorch.graph_optimizer", "false");
        setUnlessGiven("ai.djl.pytorch.num_interop_threads", "1");
        // Threads that spin while they wait make a shared machine many times slower; waiting costs nothing on an idle one.
        NativeEnvironment.setUnlessGiven("OMP_WAIT_POLICY", "PASSIVE");
        NativeMemory.keepFreedBlocks();
        if (device.isCuda()) {
            // cuBLAS gives equal bits only with workspaces of its own; read when it is loaded.
            NativeEnvironment.setUnlessGiven("CUBLAS_WORKSPACE_CONFIG", ":4096:8");
        }
        Engine engine;
        try {
            engine = Engine.getEngine("PyTorch");
        } catch (RuntimeException | LinkageError e) {
            throw new EngineException("The native engine does not start: " + e.getMessage(), e);
        }
        return device.isCuda() ? openCuda(engine, device) : engine.newBaseManager(device.ofEngine());
    }

    private static NDManager openCuda(Engine engine, Device device) {
        if (!JniUtils.getFeatures().contains("CUDA")) {
            throw new EngineException("%s is asked for (engram.devices), but %s, see docs/engine.md"
                    .formatted(device, whyNoCard(System.getenv("PYTORCH_LIBRARY_PATH"), System.getenv("PYTORCH_FLAVOR"))));
        }
        NDManager manager = null;
        try {
            manager = engine.newBaseManager(device.ofEngine());
            manager.zeros(new Shape(1), DataType.FLOAT32).close();
            CudaSwitches.allowTf32(false);
            CudaSwitches.allowBfloat16Sums(false);
            CudaSwitches.computeDeterministically();
            return manager;
        } catch (RuntimeException | LinkageError e) {
            if (manager != null) {
                manager.close();
            }
            throw new EngineException("%s is asked for (engram.devices), but cannot be used: %s".formatted(device, e.getMessage()), e);
        }
    }

    /**
     * What hides all cards from the native library.
     *
     * @param folder of the library; null for the one that ships with Engram
     * @param flavor null if not set
     */
    static String whyNoCard(String folder, String flavor) {
        if (folder != null && Files.exists(Path.of(folder, "libtorch_cuda.so"))) {
            return "libtorch for CUDA, in %s, finds no card: there is no driver, it is too old for CUDA 12.8, or CUDA_VISIBLE_DEVICES hides the cards"
                    .formatted(folder);
        }
        return "the native library is built for the CPU alone: PYTORCH_LIBRARY_PATH (%s) and PYTORCH_FLAVOR (%s) must name libtorch 2.7.1 for CUDA"
                .formatted(Objects.requireNonNullElse(folder, "not set"), Objects.requireNonNullElse(flavor, "not set"));
    }

    private static void setUnlessGiven(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
