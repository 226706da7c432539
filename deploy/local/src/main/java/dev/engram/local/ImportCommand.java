package dev.engram.local;

import dev.engram.local.checkpoint.ReportText;
import dev.engram.local.checkpoint.Transfer;
import dev.engram.local.demo.Services;
import dev.engram.v1.ChannelNormalization;
import dev.engram.v1.CheckpointReading;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.CheckpointSource;
import dev.engram.v1.ImportEncoderRequest;
import dev.engram.v1.ImportEncoderSpec;
import dev.engram.v1.ImportedEncoder;
import dev.engram.v1.InspectCheckpointRequest;
import dev.engram.v1.Run;
import dev.engram.v1.WatchRunRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an encoder of a file of weights, in a running Engram. */
@Command(
        name = "import",
        description = "Makes an encoder of a file of weights (safetensors, .pt, .pth, .ckpt), in a running Engram. Nothing in the file is executed.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private static final String HEADS = "heads";
    private static final Map<String, ChannelNormalization> NORMALIZATIONS = Map.of(
            "imagenet", moments(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)),
            "cifar10", moments(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010)),
            "half", moments(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5)),
            "none", moments(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));

    @Mixin
    private RunningEngram engram = new RunningEngram();

    @Parameters(paramLabel = "FILE", description = "A file here, or s3://bucket/key.")
    private String file;

    @Option(names = "--network", paramLabel = "NAME", description = "Its network, e.g. resnet18 (default: the nearest).")
    private String network = "";

    @Option(names = {"-o", "--option"}, paramLabel = "NAME=VALUE", description = "An option of the network, e.g. heads=3. May be given again.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--side", paramLabel = "PIXELS", description = "Height and width of its images (default: what the weights say).")
    private int side;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "What stands before the names, e.g. backbone. (default: whatever fits best).")
    private String prefix;

    @Option(names = "--projector-prefix", paramLabel = "TEXT", description = "What stands before the projector's names (default: no projector).")
    private String projectorPrefix = "";

    @Option(names = "--container", paramLabel = "NAME", description = "Which state of the file, e.g. teacher (default: the one that fits best).")
    private String container = "";

    @Option(names = "--ignore-foreign", description = "Read only the tensors of a file that also names other classes.")
    private boolean ignoreForeign;

    @Option(names = "--no-strict", description = "Leave out what does not fit; missing tensors keep initial values.")
    private boolean lenient;

    @Option(names = "--normalization", paramLabel = "NAME", description = "imagenet (default), cifar10, half, none: see --mean and --std for others.")
    private String normalization = "imagenet";

    @Option(names = "--mean", paramLabel = "R,G,B", split = ",", description = "Means its images were normalized with.")
    private List<Double> mean = List.of();

    @Option(names = "--std", paramLabel = "R,G,B", split = ",", description = "Deviations its images were normalized with.")
    private List<Double> std = List.of();

    @Option(names = "--augmentation", paramLabel = "NAME", description = "Views it is measured with by default (default: simclr-normal).")
    private String augmentation = "";

    @Option(names = "--id", paramLabel = "ID", description = "The encoder's id (default: made up).")
    private String id = "";

    @Option(names = "--all", description = "Every key in the report.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only report.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        ChannelNormalization moments = normalization();
        try (Services services = engram.services()) {
            return engram.ask(() -> run(services, moments));
        }
    }

    private int run(Services services, ChannelNormalization moments) throws IOException, InterruptedException {
        CheckpointSource source = source(services);
        CheckpointReport report = inspected(services, source);
        ReportText.of(report, all).forEach(System.out::println);
        if (dryRun) {
            return report.getStrictOk() ? 0 : 1;
        }
        requireHeads(report);
        ImportedEncoder made = services.checkpoints().importEncoder(ImportEncoderRequest.newBuilder()
                .setEncoderId(id)
                .setSpec(ImportEncoderSpec.newBuilder()
                        .setSource(source)
                        .setReading(reading())
                        .setNetwork(network)
                        .putAllNetworkOptions(options)
                        .setSide(side)
                        .setStrict(!lenient)
                        .setNormalization(moments)
                        .setAugmentation(augmentation)
                        .setSha256(report.getSha256()))
                .build());
        await(services, made.getRun());
        System.out.printf("%n%s  %s%n", made.getEncoder(), engram.page(made.getRun()));
        return 0;
    }

    /** An upload has a name of the store's; a person knows the file by its own. */
    private CheckpointReport inspected(Services services, CheckpointSource source) throws IOException {
        try {
            return services.checkpoints().inspectCheckpoint(InspectCheckpointRequest.newBuilder()
                    .setSource(source)
                    .setReading(reading())
                    .setNetwork(network)
                    .putAllNetworkOptions(options)
                    .setSide(side)
                    .build());
        } catch (StatusRuntimeException e) {
            String reason = e.getStatus().getDescription();
            if (source.getUpload().isEmpty() || reason == null || !reason.startsWith(source.getUpload())) {
                throw e;
            }
            throw new IOException(reason.replace(source.getUpload(), file), e);
        }
    }

    /** Weights do not show the number of attention heads, and a wrong one would give other outputs without a word. */
    private void requireHeads(CheckpointReport report) throws IOException {
        String heads = report.getNetworkOptionsMap().get(HEADS);
        if (network.isEmpty() && heads != null) {
            throw new IOException("weights do not show the number of attention heads; if it is %s, say --network %s; else also -o heads=N"
                    .formatted(heads, report.getNetwork()));
        }
    }

    private static void await(Services services, String name) throws IOException {
        Run run = Run.getDefaultInstance();
        Iterator<Run> changes = services.runs().watchRun(WatchRunRequest.newBuilder().setName(name).build());
        while (changes.hasNext()) {
            run = changes.next();
        }
        if (run.getState() != Run.State.SUCCEEDED) {
            throw new IOException("%s ended %s%s".formatted(name, run.getState(), run.hasError() ? ": " + run.getError().getMessage() : ""));
        }
    }

    private CheckpointSource source(Services services) throws IOException, InterruptedException {
        if (file.startsWith("s3://")) {
            return CheckpointSource.newBuilder().setObject(file).build();
        }
        Path path = Path.of(file);
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new IOException("there is no readable file " + file);
        }
        return CheckpointSource.newBuilder().setUpload(Transfer.upload(services.artifacts(), path)).build();
    }

    private CheckpointReading reading() {
        CheckpointReading.Builder reading = CheckpointReading.newBuilder()
                .setProjectorPrefix(projectorPrefix)
                .setContainer(container)
                .setIgnoreForeign(ignoreForeign);
        if (prefix != null) {
            reading.setPrefix(prefix);
        }
        return reading.build();
    }

    private ChannelNormalization normalization() throws IOException {
        if (!mean.isEmpty() || !std.isEmpty()) {
            return moments(mean, std);
        }
        ChannelNormalization named = NORMALIZATIONS.get(normalization);
        if (named == null) {
            throw new IOException("--normalization: \"%s\" is not imagenet, cifar10, half or none".formatted(normalization));
        }
        return named;
    }

    private static ChannelNormalization moments(List<Double> mean, List<Double> std) {
        return ChannelNormalization.newBuilder().addAllMean(mean).addAllStd(std).build();
    }
}
