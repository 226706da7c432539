package dev.engram.encoders.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The one native engine of this process.
 *
 * <p>Starts at first use: no network, no tracking, no zoo. The first start of a machine unpacks 432 MB below {@code ~/.djl.ai}
 * ({@code DJL_CACHE_DIR}); later ones take under a second.
 */
public final class TorchEngine {
    private static volatile NDManager root;

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

    static PtNDManager newManager() {
        return (PtNDManager) root().newSubManager();
    }

    /** Grad mode and the graph optimizer are thread-local with unwanted defaults: every call into the engine sets both. */
    static void prepareThread(boolean recordGradients) {
        JniUtils.setGradMode(recordGradients);
        JniUtils.setGraphExecutorOptimize(false);
    }

    private static NDManager root() {
        if (root == null) {
            synchronized (TorchEngine.class) {
                if (root == null) {
                    root = open();
                }
            }
        }
        return root;
    }

    private static NDManager open() {
        setUnlessGiven("ai.djl.offline", "true");
        setUnlessGiven("OPT_OUT_TRACKING", "true");
        setUnlessGiven("ai.djl.pytorch.graph_optimizer", "false");
        setUnlessGiven("ai.djl.pytorch.num_interop_threads", "1");
        // Threads that spin while they wait make a shared machine many times slower; waiting costs nothing on an idle one.
        NativeEnvironment.setUnlessGiven("OMP_WAIT_POLICY", "PASSIVE");
        NativeMemory.keepFreedBlocks();
        try {
            return Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
        } catch (RuntimeException | LinkageError e) {
            throw new EngineException("The native engine does not start: " + e.getMessage(), e);
        }
    }

    private static void setUnlessGiven(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
