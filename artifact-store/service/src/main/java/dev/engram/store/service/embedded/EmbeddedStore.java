package dev.engram.store.service.embedded;

import dev.engram.store.DatabaseSettings;
import dev.engram.store.S3Settings;
import dev.engram.store.StoreEndpoints;
import dev.engram.store.cdi.EndpointSource;
import dev.engram.store.cdi.StoreBeans;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Where the store is: whatever of S3 and SQL the settings name, and an embedded server in place of the rest.
 *
 * <p>Embedded servers listen on 127.0.0.1 at {@code engram.s3.port} and {@code engram.db.port} (0, the default, takes a free port) and keep their
 * files in {@code engram.home}. Access keys and password are those of the settings, or made once and kept in
 * {@code <home>/credentials.properties}.
 */
@Singleton
public final class EmbeddedStore implements EndpointSource {

    private static final Logger LOG = Logger.getLogger(EmbeddedStore.class);

    private final Config config;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private StoreEndpoints endpoints;

    EmbeddedStore(Config config) {
        this.config = config;
    }

    /**
     * Starts what has to be started, once.
     *
     * @throws ConfigurationException with one line for a person when that fails, and no cause: a process that is starting prints that line and exits with 1
     */
    @Override
    public synchronized StoreEndpoints endpoints() {
        if (endpoints == null) {
            try {
                endpoints = start();
            } catch (IOException notStarted) {
                close();
                throw new ConfigurationException(notStarted.getMessage());
            }
        }
        return endpoints;
    }

    private StoreEndpoints start() throws IOException {
        Optional<String> s3 = text("engram.s3.endpoint");
        Optional<String> database = text("engram.db.url");
        if (s3.isPresent() && database.isPresent()) {
            return StoreEndpoints.from(this::text);
        }
        Home home = keep(Home.take(StoreBeans.home(config)));
        Credentials made = Credentials.of(home);
        Credentials credentials = new Credentials(
                text("engram.s3.access-key").orElse(made.accessKey()),
                text("engram.s3.secret-key").orElse(made.secretKey()),
                text("engram.db.password").orElse(made.databasePassword()));
        return new StoreEndpoints(
                s3.isPresent() ? externalS3(s3.get(), credentials) : embeddedS3(home, credentials),
                database.isPresent() ? externalDatabase(database.get(), credentials) : embeddedDatabase(home, credentials));
    }

    private S3Settings embeddedS3(Home home, Credentials credentials) throws IOException {
        EmbeddedS3 server = keep(EmbeddedS3.start(home, credentials, port("engram.s3.port"), bucket()));
        LOG.infof("objects: %s in %s", server.settings(), home.directory().resolve("objects"));
        return server.settings();
    }

    private DatabaseSettings embeddedDatabase(Home home, Credentials credentials) throws IOException {
        EmbeddedDatabase server = keep(EmbeddedDatabase.start(home, credentials, port("engram.db.port")));
        LOG.infof("catalogue: %s", server.settings());
        return server.settings();
    }

    private S3Settings externalS3(String endpoint, Credentials credentials) {
        return new S3Settings(URI.create(endpoint), credentials.accessKey(), credentials.secretKey(), bucket(),
                text("engram.s3.region").orElse(S3Settings.DEFAULT_REGION));
    }

    private DatabaseSettings externalDatabase(String url, Credentials credentials) {
        return new DatabaseSettings(url, text("engram.db.user").orElse("engram"), credentials.databasePassword());
    }

    private String bucket() {
        return text("engram.s3.bucket").orElse(S3Settings.DEFAULT_BUCKET);
    }

    private int port(String key) {
        return config.getOptionalValue(key, Integer.class).orElse(0);
    }

    private Optional<String> text(String key) {
        return config.getOptionalValue(key, String.class);
    }

    private <T extends AutoCloseable> T keep(T resource) {
        started.push(resource);
        return resource;
    }

    @PreDestroy
    synchronized void close() {
        while (!started.isEmpty()) {
            AutoCloseable next = started.pop();
            try {
                next.close();
            } catch (Exception notClosed) {
                LOG.warnf("%s was not stopped cleanly: %s", next.getClass().getSimpleName(), notClosed.getMessage());
            }
        }
    }
}
