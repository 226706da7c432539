/**
 * Artifacts: named groups of files, immutable, named by the digest of their manifest.
 *
 * <p>An artifact is visible exactly when its manifest is, and the manifest is written last. The same files under the same names with the same
 * kind are the same artifact, whoever makes them and whenever.
 */
package dev.engram.store.artifact;
