package dev.engram.store.catalogue;

import dev.engram.store.StoreRefusedException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/** Brings a database to the tables this build needs. The scripts are listed by name, as no class path scan works under every class loader. */
final class Migrations {

    private static final List<String> SCRIPTS = List.of("V1__runs_and_artifacts.sql", "V2__pairs_of_encoders.sql", "V3__parts_of_runs.sql",
            "V4__devices_and_executors.sql", "V5__versions_and_whole_pairs.sql");

    private Migrations() {}

    static void apply(DataSource database) {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database)
                    .resourceProvider(new Scripts(SCRIPTS.stream().<LoadableResource>map(Script::new).toList()))
                    .table("schema_history")
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            if (e.getCause() instanceof SQLTransientException away) {
                throw SqlFailures.of(away);
            }
            throw new StoreRefusedException("the catalogue's tables cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    private record Scripts(List<LoadableResource> all) implements ResourceProvider {

        @Override
        public LoadableResource getResource(String name) {
            return all.stream().filter(script -> script.getRelativePath().equals(name)).findFirst().orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return all.stream()
                    .filter(script -> script.getFilename().startsWith(prefix))
                    .filter(script -> List.of(suffixes).stream().anyMatch(script.getFilename()::endsWith))
                    .toList();
        }
    }

    private static final class Script extends LoadableResource {

        private final String name;

        Script(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        @Override
        public Reader read() {
            try (var in = Migrations.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("migration " + name + " is not on the class path");
                }
                return new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
