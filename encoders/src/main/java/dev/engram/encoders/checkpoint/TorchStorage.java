package dev.engram.encoders.checkpoint;

/**
 * A storage as a pickle names it; its bytes are elsewhere in the file.
 *
 * @param key by which the file keeps its bytes
 * @param type of its elements; null for untyped bytes
 * @param first element of the kept storage at which this one begins; not 0 only in files older than PyTorch 0.4
 * @param elements of this storage
 * @param kept elements that are kept under the key
 */
record TorchStorage(String key, StoredType type, long first, long elements, long kept) {
    /** Bytes of one element; untyped storages are counted in bytes. */
    int elementBytes() {
        return type == null ? 1 : type.bytes();
    }
}
