package dev.engram.store.artifact;

/**
 * Who is told of an artifact before its first byte is stored, so that a deletion that runs at the same moment keeps the blobs it shares. The
 * catalogue's table of artifacts is one.
 */
@FunctionalInterface
public interface ArtifactLedger {

    /** Records that these files are about to be stored, or are stored; recording the same twice is no error. */
    void register(Manifest manifest);
}
