package dev.engram.metrics.task;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.metrics.measure.ImageBlocks;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Several measures of the same views in one pass: a view is made once, and goes once through each encoder, with the taps of all measures that read it. Every
 * measure finds, block by block, what it would by itself, to the bit. Cost: the views, and one forward pass of them for each encoder that a measure of the
 * image wants.
 *
 * <p>It leaves what each has kept, for that measure's own run.
 */
final class SharedPass implements ShardableMeasure<Map<Integer, Object>, SharedPass.Stores>, AutoCloseable {
    private final Path directory;
    private final List<Member<?, ?>> members;
    private final SharedBlocks blocks;
    private final Map<List<Integer>, Map<StateDict, Evaluation>> passes = new ConcurrentHashMap<>();

    /** What all have kept so far. */
    record Stores(List<SavePoints.State> each) implements SavePoints.State {
        @Override
        public void write(DataOutputStream out) throws IOException {
            for (SavePoints.State one : each) {
                one.write(out);
            }
        }

        @Override
        public void read(DataInputStream in) throws IOException {
            for (SavePoints.State one : each) {
                one.read(in);
            }
        }
    }

    /** A measure with the types of what it found and kept itself, which come back to it. */
    @SuppressWarnings("unchecked")
    private record Member<R, S extends SavePoints.State>(ViewsMeasure<R, S> measure) {
        void keep(SavePoints.State kept, int[] block, Object found) {
            measure.keep((S) kept, block, (R) found);
        }

        void append(SavePoints.State kept, SavePoints.State next) {
            measure.append((S) kept, (S) next);
        }
    }

    /**
     * @param directory for the files
     * @param measures at least one, of the same pair, views and seed; they belong to the caller
     * @param size images a block
     */
    SharedPass(Path directory, List<? extends ViewsMeasure<?, ?>> measures, int size) {
        this.directory = directory;
        List<Member<?, ?>> found = new ArrayList<>();
        measures.forEach(measure -> found.add(new Member<>(measure)));
        this.members = List.copyOf(found);
        this.blocks = SharedBlocks.of(measures.stream().map(ViewsMeasure::images).toList(), size);
    }

    /** The file of a measure's state in the artifact. */
    static String fileName(int position) {
        return "state-" + (position + 1) + ".bin";
    }

    @Override
    public String stage() {
        return "measuring in one pass";
    }

    @Override
    public ImageBlocks blocks() {
        return blocks.blocks();
    }

    @Override
    public void begin() throws IOException {
        for (Member<?, ?> member : members) {
            member.measure.begin();
        }
    }

    @Override
    public Stores empty(ImageBlocks some) {
        return new Stores(IntStream.range(0, members.size())
                .<SavePoints.State>mapToObj(i -> members.get(i).measure.empty(blocks.of(some, i)))
                .toList());
    }

    @Override
    public Map<Integer, Object> of(int[] block) {
        List<Integer> users = blocks.users(block);
        try (Scope scope = Scope.open()) {
            Tensor seen = members.get(users.getFirst()).measure.see(scope, block);
            Map<StateDict, Activations> passed = new IdentityHashMap<>();
            passes.computeIfAbsent(users, this::together)
                    .forEach((encoder, forward) -> passed.put(encoder, forward.run(scope, encoder, seen)));
            Map<Integer, Object> found = new LinkedHashMap<>();
            users.forEach(user -> found.put(user, members.get(user).measure.read(block.length, passed::get)));
            return found;
        }
    }

    /** The pass of each encoder that these measures read, with all that they read of it. */
    private Map<StateDict, Evaluation> together(List<Integer> users) {
        Map<StateDict, List<Evaluation>> wanted = new IdentityHashMap<>();
        for (int user : users) {
            ViewsMeasure<?, ?> measure = members.get(user).measure;
            measure.encoders().forEach(encoder -> wanted.computeIfAbsent(encoder, _ -> new ArrayList<>()).add(measure.forward()));
        }
        Map<StateDict, Evaluation> together = new IdentityHashMap<>();
        wanted.forEach((encoder, evaluations) -> together.put(encoder, Evaluation.together(evaluations)));
        return together;
    }

    @Override
    public void keep(Stores kept, int[] block, Map<Integer, Object> found) {
        found.forEach((user, own) -> members.get(user).keep(kept.each.get(user), block, own));
    }

    @Override
    public void append(Stores kept, Stores next) {
        for (int i = 0; i < members.size(); i++) {
            members.get(i).append(kept.each.get(i), next.each.get(i));
        }
    }

    @Override
    public String artifact() {
        return "measures";
    }

    @Override
    public Map<String, Path> files(Stores kept) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (int i = 0; i < members.size(); i++) {
            files.put(fileName(i), SavePoints.write(directory.resolve(fileName(i)), kept.each.get(i)));
        }
        return files;
    }

    @Override
    public void close() {
        passes.values().forEach(pass -> pass.values().forEach(Evaluation::close));
    }
}
