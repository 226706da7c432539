package dev.engram.store.catalogue;

import dev.engram.store.BlobStore;
import dev.engram.store.DatabaseSettings;
import dev.engram.store.RetryPolicy;
import dev.engram.store.artifact.ArtifactRepository;
import java.time.InstantSource;
import java.util.Objects;

/**
 * The one place that knows all runs and artifacts, in H2 or PostgreSQL. Every method is one transaction. All throw
 * {@link dev.engram.store.StoreUnavailableException} when the database is away for longer than the {@link RetryPolicy} waits. Safe for use by
 * many threads; opened once a process.
 */
public final class Catalogue implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private final Database database;
    private final RunTable runs;
    private final RunLog log;
    private final MetricTable metrics;
    private final ArtifactTable artifacts;
    private final ResumePointTable resumePoints;
    private final PairTable pairs;
    private final ExecutorTable executors;

    /** Touches nothing yet; the first use connects. */
    public Catalogue(DatabaseSettings settings) {
        this(Database.open(settings, CONNECTIONS, RetryPolicy.standard()));
    }

    /** With a clock in place of the database server's, and the given patience. */
    public Catalogue(DatabaseSettings settings, RetryPolicy retry, InstantSource clock) {
        this(Database.open(settings, CONNECTIONS, retry, clock));
    }

    private Catalogue(Database database) {
        this.database = Objects.requireNonNull(database, "database");
        this.runs = new RunTable(database);
        this.log = new RunLog(database);
        this.metrics = new MetricTable(database);
        this.artifacts = new ArtifactTable(database);
        this.resumePoints = new ResumePointTable(database);
        this.pairs = new PairTable(database);
        this.executors = new ExecutorTable(database);
    }

    /** Brings the tables to this build's version; does nothing when they are. Several processes may do so at once. */
    public Catalogue migrate() {
        RetryPolicy.standard().run(() -> Migrations.apply(database.source()));
        return this;
    }

    public RunTable runs() {
        return runs;
    }

    public RunLog log() {
        return log;
    }

    public MetricTable metrics() {
        return metrics;
    }

    public ArtifactTable artifacts() {
        return artifacts;
    }

    public ResumePointTable resumePoints() {
        return resumePoints;
    }

    public PairTable pairs() {
        return pairs;
    }

    public ExecutorTable executors() {
        return executors;
    }

    /** Deletions of runs with the objects that only they refer to. */
    public Deletions deletions(ArtifactRepository repository, BlobStore blobs) {
        return new Deletions(database, repository, blobs);
    }

    @Override
    public void close() {
        database.close();
    }
}
