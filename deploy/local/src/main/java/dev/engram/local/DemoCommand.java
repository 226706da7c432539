package dev.engram.local;

import dev.engram.local.demo.DemoPlan;
import dev.engram.local.demo.DemoResult;
import dev.engram.local.demo.DemoRuns;
import dev.engram.local.demo.ProgressLine;
import dev.engram.local.demo.Services;
import dev.engram.local.demo.StageWatch;
import dev.engram.local.report.KnownAnswer;
import dev.engram.local.report.ReportHtml;
import dev.engram.local.report.ReportJson;
import dev.engram.local.report.ReportTable;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a pair, measures and attacks it, and leaves a report. */
@Command(
        name = "demo",
        description = "Trains a pair on real images, shows where it memorizes and what leaks. A demo that was stopped goes on where it was.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--quick", description = "A small share of the data: minutes instead of a quarter of an hour.")
    private boolean quick;

    @Option(names = "--known-answer", description = "The composed data set, on which the reference attack must stay at chance.")
    private boolean knownAnswer;

    @Option(names = "--fresh", description = "New runs, even if this demo has been run before.")
    private boolean fresh;

    @Option(names = "--no-ui", description = "End when the report is written, instead of keeping the page up.")
    private boolean noUi;

    @Option(names = "--out", paramLabel = "DIR", description = "Where report.json and report.html go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("engram-report");

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(out);
        return LocalServer.whileUp(server, this::demonstrate);
    }

    private Integer demonstrate() throws Exception {
        boolean asItMust = true;
        DemoPlan plan = DemoPlan.of(quick, knownAnswer, fresh ? "-" + Instant.now().getEpochSecond() : "");
        System.out.println("Engram is up: " + LocalServer.address(server) + "/pairs/" + plan.id() + "  (files in " + server.home + ")");
        try (Services services = Services.at(server.host.equals("0.0.0.0") ? "127.0.0.1" : server.host, server.port)) {
            DemoRuns runs = DemoRuns.submit(services, plan);
            SequencedMap<String, Double> seconds = new LinkedHashMap<>();
            StageWatch watch = new StageWatch(services, new ProgressLine(System.out, System.console() != null && System.console().isTerminal()));
            for (DemoRuns.Stage stage : runs.stages()) {
                seconds.put(stage.title(), ProgressLine.seconds(watch.await(stage)));
            }
            DemoResult result = DemoResult.fetch(services, runs, seconds);
            System.out.print(ReportTable.of(result));
            if (knownAnswer) {
                KnownAnswer answer = KnownAnswer.of(result.dejaVu());
                System.out.print(answer.text());
                asItMust = answer.holds();
            }
            write("report.json", ReportJson.of(result));
            write("report.html", ReportHtml.of(result, services));
        }
        System.out.println("\nReport: " + out.resolve("report.html").toAbsolutePath());
        if (!noUi) {
            System.out.println("The page stays up at " + LocalServer.address(server) + "/pairs/" + plan.id() + " until Ctrl-C.");
            Quarkus.waitForExit();
        }
        return asItMust ? 0 : 1;
    }

    /** Replaces the file as a whole, so that a reader never sees half of it. */
    private void write(String name, String text) throws IOException {
        Path part = out.resolve(name + ".part");
        Files.writeString(part, text);
        Files.move(part, out.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
