package dev.engram.trainer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.engram.runs.OtherVersionException;
import dev.engram.store.DataLossException;
import dev.engram.store.Store;
import dev.engram.v1.Run;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads small JSON files of artifacts by run and role. Artifacts are immutable, so what was read once is kept (the latest
 * {@value #KEPT}). Thread-safe.
 */
public final class ResultFiles {
    private static final int KEPT = 1000;

    private final Store store;
    private final Map<String, byte[]> read = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > KEPT;
        }
    };

    public ResultFiles(Store store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /** Id of the artifact a run made in a role; empty until it has. */
    public Optional<String> artifact(String runId, String role) {
        return store.catalogue().artifacts().madeBy(runId, role);
    }

    /**
     * A message from a file of a run's artifact; empty unless the run has succeeded.
     *
     * @throws DataLossException if the file is gone or not what was written
     * @throws OtherVersionException if another version of Engram wrote it, and this one cannot read it
     */
    public <B extends Message.Builder> Optional<B> message(
            String runId, Run.State state, String role, String file, B builder) {
        if (state != Run.State.SUCCEEDED) {
            return Optional.empty();
        }
        return artifact(runId, role).map(artifact -> parse(runId, artifact, file, builder));
    }

    private <B extends Message.Builder> B parse(String runId, String artifact, String file, B builder) {
        String json = new String(bytes(artifact, file), StandardCharsets.UTF_8);
        try {
            return SummaryFile.read(json, builder);
        } catch (InvalidProtocolBufferException e) {
            throw otherVersion(runId, e);
        }
    }

    /** What to throw if what a run has made is whole, as all that is read is verified, and cannot be read. */
    public OtherVersionException otherVersion(String runId, Exception reason) {
        return OtherVersionException.ofResult("runs/" + runId, store.catalogue().runs().get(runId).engramVersion(), reason);
    }

    /** The verified bytes of a small file of an artifact. */
    public byte[] bytes(String artifact, String file) {
        String key = artifact + "/" + file;
        synchronized (read) {
            byte[] known = read.get(key);
            if (known != null) {
                return known;
            }
        }
        byte[] bytes = store.artifacts().open(artifact).bytes(file);
        synchronized (read) {
            read.put(key, bytes);
        }
        return bytes;
    }
}
