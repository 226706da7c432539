package dev.engram.local;

import dev.engram.local.checkpoint.Transfer;
import dev.engram.local.demo.Services;
import dev.engram.v1.ExportEncoderRequest;
import dev.engram.v1.ExportedEncoder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches the weights of an encoder from a running Engram. */
@Command(
        name = "export",
        description = "Writes the weights of an encoder as safetensors with PyTorch's names, which load strictly.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    /** What of an encoder can be exported. The names are those a person types. */
    enum Part {
        ENCODER,
        PROJECTOR,
        AVERAGE_ENCODER,
        AVERAGE_PROJECTOR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Mixin
    private RunningEngram engram = new RunningEngram();

    @Parameters(index = "0", paramLabel = "ENCODER", description = "Its id or name, e.g. demo-quick-f.")
    private String encoder;

    @Parameters(index = "1", paramLabel = "FILE", description = "Where it goes, e.g. encoder.safetensors.")
    private Path file;

    @Option(names = "--part", paramLabel = "PART", description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Part part = Part.ENCODER;

    @Override
    public Integer call() throws Exception {
        try (Services services = engram.services()) {
            ExportedEncoder exported = engram.ask(() -> services.checkpoints().exportEncoder(ExportEncoderRequest.newBuilder()
                    .setName(encoder.startsWith("encoders/") ? encoder : "encoders/" + encoder)
                    .setPart(ExportEncoderRequest.Part.valueOf(part.name()))
                    .build()));
            Transfer.download(exported, file.toAbsolutePath());
            System.out.printf(Locale.ROOT, "%s: %d tensors, %,d bytes, SHA-256 %s%n", file, exported.getTensors(), exported.getSize(), exported.getSha256());
            return 0;
        }
    }
}
