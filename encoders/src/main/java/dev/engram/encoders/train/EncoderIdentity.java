package dev.engram.encoders.train;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.augment.ViewGroup;
import dev.engram.encoders.checkpoint.CheckpointManifest;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.network.Head;
import dev.engram.encoders.network.Heads;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.network.ProjectedEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What an encoder is, whether it was trained or imported: the one place that reads a checkpoint's manifest for it. Needs no weights and no
 * engine.
 *
 * @param network the encoder without its projector
 * @param projector what training put on it; {@link NoHead} where there is none, or it is not known
 * @param augmentation by whose views it is measured unless a measure names others; its normalization is the encoder's
 * @param trainingSeed what its first weights followed from; empty for an import
 */
public record EncoderIdentity(
        Network network, Head projector, AugmentationRecipe augmentation, OptionalLong trainingSeed) {
    /** Purpose of the seed among a manifest's. */
    public static final String TRAINING_SEED = "training";

    private static final String CHANNELS = "channels";
    private static final String SIDE = "side";
    private static final String PROJECTOR_HEAD = "projector";
    private static final String PARAMETERS = "parameters";
    /** Before the name of an option of the network. */
    private static final String NETWORK_OPTION = "network.";

    /**
     * Reads it off a manifest.
     *
     * @param file of the manifest, for errors
     * @throws CorruptFileException if it describes no encoder
     */
    public static EncoderIdentity of(String file, CheckpointManifest manifest) {
        Map<String, String> details = manifest.details();
        try {
            Long seed = manifest.seeds().get(TRAINING_SEED);
            return new EncoderIdentity(
                    network(manifest),
                    Heads.named(details.getOrDefault(PROJECTOR_HEAD, Heads.text(new NoHead()))),
                    AugmentationRecipe.parse(details.getOrDefault(TrainedEncoder.AUGMENTATION, "")),
                    seed == null ? OptionalLong.empty() : OptionalLong.of(seed));
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(file, "describes no encoder: " + e.getMessage());
        }
    }

    /** Trainable values without the projector, as the manifest of an encoder's checkpoint has them. */
    public static long parameters(CheckpointManifest manifest) {
        return Long.parseLong(manifest.details().get(PARAMETERS));
    }

    /** The details from which {@link #of} reads network and projector. */
    static Map<String, String> details(Network network, Head projector, long parameters) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put(CHANNELS, Long.toString(network.input().get(0)));
        details.put(SIDE, Long.toString(network.input().get(1)));
        network.options().forEach((option, value) -> details.put(NETWORK_OPTION + option, value));
        details.put(PROJECTOR_HEAD, Heads.text(projector));
        details.put(PARAMETERS, Long.toString(parameters));
        return details;
    }

    /** Encoder and projector as one network; where there is no projector, the embedding is the representation. */
    public ProjectedEncoder model() {
        return new ProjectedEncoder(network, projector);
    }

    /** Whether there is a projector. */
    public boolean isProjected() {
        return !(projector instanceof NoHead);
    }

    /** What its images were normalized with, and are when it is measured. */
    public Normalization normalization() {
        return augmentation.normalization();
    }

    /** Channels of its images. */
    public int channels() {
        return Math.toIntExact(network.input().get(0));
    }

    /** Height and width of its images, pixels. */
    public int side() {
        return Math.toIntExact(network.input().get(1));
    }

    /** The seed whose untrained weights are its null baseline: that of its training; 0 for an import. */
    public long baselineSeed() {
        return trainingSeed.orElse(0);
    }

    /**
     * The views by which to measure it.
     *
     * @param recipe whatever its normalization and sides, the encoder's are used
     */
    public AugmentationRecipe views(AugmentationRecipe recipe) {
        List<ViewGroup> groups = recipe.groups().stream().map(group -> new ViewGroup(group.views(), 0, 1, group.recipes())).toList();
        return new AugmentationRecipe(recipe.name(), recipe.source(), groups, normalization());
    }

    /**
     * Why a reference cannot be compared with this encoder, layer by layer on the same pixels; empty if it can. A sentence for each of network, input and
     * normalization that differs.
     */
    public List<String> differencesOf(EncoderIdentity reference) {
        List<String> differences = new ArrayList<>();
        compare("network", network.name() + " " + network.options(), reference.network.name() + " " + reference.network.options(), differences);
        compare("input", network.input(), reference.network.input(), differences);
        compare("normalization", normalization(), reference.normalization(), differences);
        return differences;
    }

    private static void compare(String what, Object own, Object others, List<String> differences) {
        if (!own.equals(others)) {
            differences.add("its %s is %s, the candidate's is %s".formatted(what, others, own));
        }
    }

    private static Network network(CheckpointManifest manifest) {
        Map<String, String> options = new LinkedHashMap<>();
        manifest.details().forEach((name, value) -> {
            if (name.startsWith(NETWORK_OPTION)) {
                options.put(name.substring(NETWORK_OPTION.length()), value);
            }
        });
        return Networks.encoder(
                manifest.network(),
                Integer.parseInt(manifest.details().get(CHANNELS)),
                Integer.parseInt(manifest.details().get(SIDE)),
                options);
    }
}
