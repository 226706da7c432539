package dev.engram.encoders.checkpoint;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ordered, named tensors, like PyTorch's {@code state_dict}: what a network has learned, what an optimizer remembers. Owns
 * its tensors; closing frees them. Not safe for concurrent change.
 */
public final class StateDict implements AutoCloseable {
    private final Scope scope = Scope.open();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /**
     * Adds a tensor at the end, or replaces the one of that name in place, and takes it over from its scope.
     *
     * @return this
     */
    public StateDict put(String name, Tensor tensor) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A tensor needs a name");
        }
        Tensor before = tensors.put(name, tensor.moveTo(scope));
        if (before != null && before != tensor) {
            before.close();
        }
        return this;
    }

    /** Adds a copy of a tensor, which stays with its owner. */
    public StateDict putCopy(String name, Tensor tensor) {
        return put(name, tensor.copyTo(scope));
    }

    /**
     * The tensor of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("No tensor named " + name + " among " + tensors.size());
        }
        return tensor;
    }

    /** Whether there is a tensor of this name. */
    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    /** The tensors of these names, in that order. */
    public List<Tensor> get(List<String> names) {
        List<Tensor> found = new ArrayList<>(names.size());
        for (String name : names) {
            found.add(get(name));
        }
        return found;
    }

    /** The names, in order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    /** Number of tensors. */
    public int size() {
        return tensors.size();
    }

    /** The tensors, in order, as a view; they stay owned by this. */
    public Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /** An independent copy, in the same order. */
    public StateDict copy() {
        return under("");
    }

    /** A copy of the tensors whose names begin with {@code prefix}, named without it. */
    public StateDict under(String prefix) {
        StateDict copy = new StateDict();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                copy.putCopy(name.substring(prefix.length()), tensor);
            }
        });
        return copy;
    }

    /**
     * SHA-256, in hexadecimal, of every name, type, shape and element in order: equal digests are equal states. Reads all
     * elements once.
     */
    public String digest() {
        MessageDigest digest = Sha256.digest();
        tensors.forEach((name, tensor) -> {
            String head = name + '\0' + tensor.type() + Arrays.toString(tensor.shape()) + '\0';
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            tensor.withBytes(digest::update);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        scope.close();
        tensors.clear();
    }
}
