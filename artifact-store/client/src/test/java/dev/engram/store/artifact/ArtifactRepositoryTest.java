package dev.engram.store.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.store.BlobStore;
import dev.engram.store.DataLossException;
import dev.engram.store.MemoryObjects;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.Sha256;
import dev.engram.store.StoreFullException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ArtifactRepositoryTest {

    private static final Map<String, byte[]> FILES = Map.of("layers.csv", bytes("layer,mean\nconv1,0.1\n"), "figures/depth.png", new byte[] {1, 2, 3});
    private static final Map<String, String> TYPES = Map.of("layers.csv", "text/csv", "figures/depth.png", "image/png");

    private final MemoryObjects objects = new MemoryObjects();
    private final List<String> registered = new ArrayList<>();

    @TempDir
    private Path home;

    private ArtifactRepository repository;

    @BeforeEach
    void open() {
        repository = new ArtifactRepository(objects, new BlobStore(objects, home.resolve("cache")), manifest -> {
            assertTrue(registered.contains(manifest.id()) || objects.content().keySet().stream().noneMatch(key -> key.contains(manifest.id())), "registered before it is visible");
            registered.add(manifest.id());
        }, home.resolve("drafts"));
    }

    @Test
    void theManifestIsCanonicalAndNamesTheArtifact() {
        var artifact = repository.write("layer-mem", FILES, TYPES);

        var json = "{\"files\":[{\"mediaType\":\"image/png\",\"name\":\"figures/depth.png\","
                + "\"sha256\":\"039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81\",\"size\":3},"
                + "{\"mediaType\":\"text/csv\",\"name\":\"layers.csv\","
                + "\"sha256\":\"" + Sha256.of(FILES.get("layers.csv")).sha256() + "\",\"size\":21}],\"kind\":\"layer-mem\"}";
        assertEquals(json, new String(objects.content().get("artifacts/" + artifact.id() + ".json"), StandardCharsets.UTF_8));
        assertEquals(Sha256.of(bytes(json)).sha256(), artifact.id());
        assertEquals(List.of(artifact.id()), registered);
    }

    @Test
    void whatWasWrittenIsReadBack() throws Exception {
        var id = repository.write("layer-mem", FILES, TYPES).id();

        var artifact = repository.open(id);
        assertEquals("layer-mem", artifact.kind());
        assertEquals(24, artifact.manifest().size());
        assertArrayEquals(FILES.get("layers.csv"), Files.readAllBytes(artifact.file("layers.csv")));
        assertArrayEquals(FILES.get("figures/depth.png"), artifact.bytes("figures/depth.png"));
        artifact.downloadTo(home.resolve("copy"));
        assertArrayEquals(FILES.get("figures/depth.png"), Files.readAllBytes(home.resolve("copy/figures/depth.png")));
        assertThrows(ObjectNotFoundException.class, () -> artifact.file("nothing.csv"));
        assertThrows(ObjectNotFoundException.class, () -> repository.open("0".repeat(64)));
        assertThrows(IllegalArgumentException.class, () -> repository.open("../secrets"));
    }

    @Test
    void theSameBytesAreTheSameArtifactStoredOnce() {
        var first = repository.write("layer-mem", FILES, TYPES);
        var content = Map.copyOf(objects.content());
        assertEquals(first.id(), repository.write("layer-mem", FILES, TYPES).id());
        assertEquals(content.keySet(), objects.content().keySet());
    }

    @Test
    void anArtifactIsThereWholeOrNotAtAllWhereverItsWriterFails() {
        int changes = 3;
        for (int passed = 0; passed < changes; passed++) {
            objects.content().clear();
            try (var draft = repository.draft("layer-mem")) {
                FILES.forEach((name, bytes) -> draft.write(name, TYPES.get(name), bytes));
                objects.failAfter(passed, new StoreFullException("the object store has no space left", null));
                assertThrows(StoreFullException.class, draft::commit);
                assertEquals(List.of(), objects.list("artifacts/"), "after " + passed + " changes");

                var artifact = draft.commit();
                assertArrayEquals(FILES.get("layers.csv"), repository.open(artifact.id()).bytes("layers.csv"));
            }
        }
    }

    @Test
    void damageIsNamed() {
        var artifact = repository.write("layer-mem", FILES, TYPES);
        var other = repository.write("layer-mem", Map.of("layers.csv", bytes("layer,mean\nconv1,0.2\n")), TYPES);
        var csv = artifact.manifest().file("layers.csv").blob();

        damaged(csv.key(), bytes("layer,mean\nconv1,0.1"), () -> artifact.bytes("layers.csv"));
        damaged(csv.key(), bytes("layer,mean\nconv1,0.3\n"), () -> artifact.file("layers.csv"));
        damaged(csv.key(), objects.content().get(other.manifest().file("layers.csv").blob().key()), () -> artifact.downloadTo(home.resolve("copy")));
        damaged(csv.key(), null, () -> artifact.bytes("layers.csv"));

        var manifest = "artifacts/" + artifact.id() + ".json";
        damaged(manifest, new byte[0], () -> repository.open(artifact.id()));
        damaged(manifest, bytes("{}"), () -> repository.open(artifact.id()));
        damaged(manifest, objects.content().get("artifacts/" + other.id() + ".json"), () -> repository.open(artifact.id()));
        assertFalse(Files.exists(home.resolve("copy/layers.csv")));
    }

    @Test
    void aManifestWithTheRightDigestAndNonsenseInItIsDamaged() {
        var nonsense = bytes("{\"files\":[{\"name\":\"../../etc/passwd\",\"mediaType\":\"text/plain\",\"sha256\":\"\",\"size\":-1}],\"kind\":\"x\"}");
        var id = Sha256.of(nonsense).sha256();
        objects.put("artifacts/" + id + ".json", nonsense, "application/json");
        var loss = assertThrows(DataLossException.class, () -> repository.open(id));
        assertTrue(loss.getMessage().contains("passwd"), loss.getMessage());
    }

    @Test
    void draftsLeaveNothingAndRefuseBadNames() throws Exception {
        try (var draft = repository.draft("split")) {
            assertThrows(IllegalArgumentException.class, () -> draft.file("../outside", "text/plain"));
            assertThrows(IllegalArgumentException.class, () -> draft.file("/absolute", "text/plain"));
            assertThrows(IllegalArgumentException.class, () -> draft.file("", "text/plain"));
            draft.file("declared.csv", "text/csv");
            assertThrows(IllegalArgumentException.class, () -> draft.file("declared.csv", "text/csv"));
            assertThrows(IllegalStateException.class, draft::commit);
        }
        try (var drafts = Files.list(home.resolve("drafts"))) {
            assertEquals(0, drafts.count());
        }
    }

    private void damaged(String object, byte[] instead, Executable read) {
        var right = objects.content().get(object);
        if (instead == null) {
            objects.content().remove(object);
        } else {
            objects.content().put(object, instead);
        }
        assertEquals(object, assertThrows(DataLossException.class, read).object());
        objects.content().put(object, right);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
