package dev.engram.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.local.demo.DemoResult;
import dev.engram.local.demo.DemoRuns;
import dev.engram.local.demo.ProgressLine;
import dev.engram.local.demo.Services;
import dev.engram.local.demo.StageWatch;
import dev.engram.v1.Artifact;
import dev.engram.v1.BundledSource;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreateLayerMemRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.CreateUnitMemRequest;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.GetArtifactRequest;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunArtifact;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.UnitMemSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job, small, on services that share nothing but S3, SQL and gRPC. */
class FiveProcessesTest {
    private static final String ID = "five";
    private static final String PAIR = "pairs/" + ID;

    @TempDir
    Path directory;

    @Test
    void aPairIsTrainedMeasuredAndAttackedAcrossProcesses() throws Exception {
        try (FiveProcesses engram = new FiveProcesses(directory);
                Services services = new Services(
                        "127.0.0.1:" + engram.port("artifact-store/service"), "127.0.0.1:" + engram.port("trainer-service"),
                        "127.0.0.1:" + engram.port("metrics-service"), "127.0.0.1:" + engram.port("attack-service"))) {
            DemoRuns runs = submit(services);
            StageWatch watch = new StageWatch(services, new ProgressLine(System.out, false));
            for (DemoRuns.Stage stage : runs.stages()) {
                watch.await(stage);
            }
            DemoResult result = DemoResult.fetch(services, runs, new LinkedHashMap<>());
            assertEquals(64, result.split().getSummary().getCandidate());
            assertFalse(result.layerMem().getLayersList().isEmpty());
            assertFalse(result.unitMem().getLayersList().isEmpty());
            assertEquals(2, result.probe().getAccuraciesCount());
            assertEquals(1, result.dejaVu().getCropsCount());
            everyArtifactIsLinkedToItsRun(services, runs);
            thePageAnswers(engram);
        }
    }

    private static DemoRuns submit(Services services) {
        String dataset = services.datasets().createDataset(CreateDatasetRequest.newBuilder()
                .setDatasetId("fashion")
                .setSpec(RegisterDatasetSpec.newBuilder()
                        .setDisplayName("Fashion-MNIST, test images")
                        .setBundled(BundledSource.newBuilder().setId("fashion-mnist-test")))
                .build()).getRun();
        String split = services.datasets().createSplit(CreateSplitRequest.newBuilder()
                .setSplitId(ID)
                .setSpec(CreateSplitSpec.newBuilder().setDataset("datasets/fashion").setShared(64).setCandidate(64).setIndependent(64)
                        .setExternal(64).setPublicSet(300))
                .build()).getRun();
        services.trainer().createPair(CreatePairRequest.newBuilder()
                .setPairId(ID)
                .setSplit("splits/" + ID)
                .setRecipe(TrainingRecipe.newBuilder().setEpochs(2).setBatchSize(64))
                .build());
        String probe = services.trainer().createProbe(CreateProbeRequest.newBuilder()
                .setSpec(ProbeSpec.newBuilder().setPair(PAIR).setK(5)).build()).getRun();
        String layerMem = services.metrics().createLayerMem(CreateLayerMemRequest.newBuilder()
                .setSpec(LayerMemSpec.newBuilder().setPair(PAIR).setViews(2)).build()).getRun();
        String unitMem = services.metrics().createUnitMem(CreateUnitMemRequest.newBuilder()
                .setSpec(UnitMemSpec.newBuilder().setPair(PAIR).setViews(2)).build()).getRun();
        String dejaVu = services.attack().createDejaVu(CreateDejaVuRequest.newBuilder()
                .setSpec(DejaVuSpec.newBuilder().setPair(PAIR).setResamples(200)
                        .addCrops(Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(Crop.Corner.LOWER_LEFT).setFraction(0.5))))
                .build()).getRun();
        return new DemoRuns(PAIR, dataset, split, "runs/" + ID + "-f", "runs/" + ID + "-g", probe, layerMem, unitMem, dejaVu);
    }

    private static void everyArtifactIsLinkedToItsRun(Services services, DemoRuns runs) {
        for (DemoRuns.Stage stage : runs.stages()) {
            Run run = services.runs().getRun(GetRunRequest.newBuilder().setName(stage.run()).build());
            assertFalse(run.getArtifactsList().isEmpty(), stage::run);
            for (RunArtifact made : run.getArtifactsList()) {
                Artifact artifact = services.artifacts().getArtifact(GetArtifactRequest.newBuilder().setName(made.getArtifact()).build());
                assertTrue(artifact.getProducersList().contains(stage.run()), artifact::toString);
            }
        }
    }

    private static void thePageAnswers(FiveProcesses engram) throws Exception {
        assertEquals(200, engram.page("/").statusCode());
        assertEquals(200, engram.page("/" + PAIR).statusCode());
    }
}
