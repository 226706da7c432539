package dev.engram.attack.grpc;

import dev.engram.testing.LaptopStore;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A store that is up and has neither bucket nor tables yet, and a service that executes nothing beside it. */
public final class UnpreparedStore implements QuarkusTestResourceLifecycleManager {

    /** Where the test gets the store. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.FIELD)
    @interface Here {}

    private LaptopStore store;

    @Override
    public Map<String, String> start() {
        try {
            Path home = Files.createTempDirectory("engram-attack-");
            store = new LaptopStore(home, false);
            return Map.of(
                    "engram.home", home.toString(),
                    "engram.slots", "0",
                    "engram.s3.endpoint", store.endpoints().s3().endpoint().toString(),
                    "engram.s3.access-key", store.endpoints().s3().accessKey(),
                    "engram.s3.secret-key", store.endpoints().s3().secretKey(),
                    "engram.db.url", store.endpoints().database().url(),
                    "engram.db.user", store.endpoints().database().user(),
                    "engram.db.password", store.endpoints().database().password(),
                    "quarkus.http.test-port", "0");
        } catch (Exception e) {
            throw new IllegalStateException("the store does not start", e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(store, new TestInjector.AnnotatedAndMatchesType(Here.class, LaptopStore.class));
    }

    @Override
    public void stop() {
        try {
            store.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
