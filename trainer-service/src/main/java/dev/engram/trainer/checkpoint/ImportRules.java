package dev.engram.trainer.checkpoint;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.importing.ImportQuestion;
import dev.engram.encoders.network.Networks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.NamedObjects;
import dev.engram.store.Uploads;
import dev.engram.v1.ChannelNormalization;
import dev.engram.v1.CheckpointReading;
import dev.engram.v1.CheckpointSource;
import dev.engram.v1.ImportEncoderSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What an import's spec may say, and what its words mean. */
final class ImportRules {
    static final String DEFAULT_AUGMENTATION = "simclr-normal";

    private static final int LARGEST_SIDE = 4096;
    private static final int LONGEST_TEXT = 1000;

    private ImportRules() {}

    static void check(ImportEncoderSpec spec, FieldViolations violations) {
        checkSource(spec.getSource(), "spec.source", violations);
        checkReading(spec.getReading(), "spec.reading", violations);
        checkNetwork(spec.getNetwork(), spec.getNetworkOptionsMap(), spec.getSide(), "spec.", violations);
        if (spec.hasNormalization()) {
            checkNormalization(spec.getNormalization(), violations);
        }
        violations.require(
                spec.getAugmentation().isEmpty() || AugmentationRecipe.names().contains(spec.getAugmentation()),
                "spec.augmentation",
                "must be one of %s, is \"%s\"".formatted(String.join(", ", AugmentationRecipe.names()), spec.getAugmentation()));
        violations.require(
                spec.getSha256().isEmpty() || spec.getSha256().matches("[0-9a-f]{64}"),
                "spec.sha256",
                "must be 64 lower-case hex digits, is \"%s\"".formatted(spec.getSha256()));
    }

    static void checkSource(CheckpointSource source, String field, FieldViolations violations) {
        switch (source.getSourceCase()) {
            case UPLOAD -> violations.require(
                    Uploads.isName(source.getUpload()), field + ".upload", "must be the name of an upload, is \"%s\"".formatted(source.getUpload()));
            case OBJECT -> violations.require(
                    NamedObjects.isName(source.getObject()) && !Uploads.isName(source.getObject()),
                    field + ".object",
                    "must be s3://bucket/key, is \"%s\"".formatted(source.getObject()));
            case PATH -> violations.require(
                    isAbsolute(source.getPath()), field + ".path", "must be an absolute path, is \"%s\"".formatted(source.getPath()));
            case SOURCE_NOT_SET -> violations.add(field, "is required: upload, object or path");
        }
    }

    static void checkReading(CheckpointReading reading, String field, FieldViolations violations) {
        violations.require(reading.getPrefix().length() <= LONGEST_TEXT, field + ".prefix", "is too long");
        violations.require(reading.getProjectorPrefix().length() <= LONGEST_TEXT, field + ".projector_prefix", "is too long");
        violations.require(reading.getContainer().length() <= LONGEST_TEXT, field + ".container", "is too long");
    }

    /** @param before of the fields' names: {@code spec.} or nothing */
    static void checkNetwork(String network, Map<String, String> options, int side, String before, FieldViolations violations) {
        violations.require(
                side >= 0 && side <= LARGEST_SIDE, before + "side", "must be 1 to %d, or 0 for what the weights say; is %d".formatted(LARGEST_SIDE, side));
        if (network.isEmpty()) {
            violations.require(options.isEmpty(), before + "network_options", "need a network");
            return;
        }
        if (!Networks.names().contains(network)) {
            violations.add(before + "network", "must be one of %s, is \"%s\"".formatted(String.join(", ", Networks.names()), network));
            return;
        }
        try {
            Networks.family(network).options(options);
        } catch (IllegalArgumentException e) {
            violations.add(before + "network_options", e.getMessage());
        }
    }

    private static void checkNormalization(ChannelNormalization normalization, FieldViolations violations) {
        try {
            new Normalization(normalization.getMeanList(), normalization.getStdList());
        } catch (IllegalArgumentException e) {
            violations.add("spec.normalization", e.getMessage());
        }
    }

    private static boolean isAbsolute(String path) {
        try {
            return Path.of(path).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    static ImportQuestion question(CheckpointReading reading, String network, Map<String, String> options, int side) {
        return new ImportQuestion(
                reading.getContainer(),
                reading.hasPrefix() ? Optional.of(reading.getPrefix()) : Optional.empty(),
                reading.getProjectorPrefix(),
                network,
                options,
                side);
    }

    static boolean strict(ImportEncoderSpec spec) {
        return !spec.hasStrict() || spec.getStrict();
    }

    /** The augmentation by whose views the encoder is measured, with its normalization. */
    static AugmentationRecipe augmentation(ImportEncoderSpec spec) {
        ChannelNormalization given = spec.getNormalization();
        Normalization normalization =
                spec.hasNormalization() ? new Normalization(given.getMeanList(), given.getStdList()) : Normalization.IMAGENET;
        String name = spec.getAugmentation().isEmpty() ? DEFAULT_AUGMENTATION : spec.getAugmentation();
        return AugmentationRecipe.named(name).with(normalization);
    }
}
