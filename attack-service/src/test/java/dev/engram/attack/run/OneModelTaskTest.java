package dev.engram.attack.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.JsonFormat;
import dev.engram.encoders.data.ComposedSet;
import dev.engram.encoders.data.FashionMnist;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.engine.Tensor;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.Crop;
import dev.engram.v1.Interval;
import dev.engram.v1.OneModelReference;
import dev.engram.v1.OneModelResult;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneModelTaskTest {
    private static final String ENCODER = "encoders/alone";

    @TempDir
    Path root;

    /** Backgrounds that tell nothing keep every reference at chance; what an encoder remembers is memorized by all of them. */
    @Test
    void memoryIsNotTakenForCorrelation() throws Exception {
        AttackFixture fixture = fixture(0);
        OneModelResult result = run(pair(), remembering(fixture));
        assertEquals(
                List.of("classifier", "nearest_crops", "naive_bayes"),
                result.getReferencesList().stream().map(OneModelReference::getName).toList());
        for (OneModelReference reference : result.getReferencesList()) {
            assertEquals(1.0, reference.getFigures().getTarget().getValue());
            holds(0.1, reference.getFigures().getReference());
            assertTrue(reference.getFigures().getMemorized().getCiLow() > 0.7, reference.toString());
            assertEquals(180, images(reference));
            assertEquals(
                    Math.round(180 * reference.getFigures().getMemorized().getValue()),
                    reference.getAgreement().getBoth() + reference.getAgreement().getOnlyOneModel(),
                    "of both directions, equally many");
            assertTrue(reference.getAgreement().getPrecision() > 0.7, reference.getAgreement().toString());
            assertTrue(reference.getAgreement().getRecall() > 0.7, reference.getAgreement().toString());
        }
        assertTrue(result.getCorrelations() < 10, "named by all references: " + result.getCorrelations());
    }

    /** Where the background tells the class the references learn it, and what the encoder knows is correlation. */
    @Test
    void correlationIsNotTakenForMemory() throws Exception {
        AttackFixture fixture = fixture(1);
        OneModelResult result = run(pair(), remembering(fixture));
        for (OneModelReference reference : result.getReferencesList()) {
            assertTrue(reference.getFigures().getReference().getCiLow() > 0.5, reference.getName());
            assertTrue(
                    reference.getFigures().getCorrelated().getCiLow() > reference.getFigures().getMemorized().getCiHigh(),
                    reference.getName());
        }
        assertTrue(result.getCorrelations() > 60, "named by all references: " + result.getCorrelations());
        assertEquals(result.getCorrelations() + 1, Files.readAllLines(root.resolve("result/correlations.csv")).size());
        assertEquals(1 + 3 * 180, Files.readAllLines(root.resolve("result/attacked.csv")).size());
    }

    @Test
    void oneEncoderAloneIsTestedOnThePartItSaw() throws Exception {
        AttackFixture fixture = fixture(0);
        SmallEncoders.untrained(ScratchRun.input(root, ENCODER), 1);
        long tensors = Tensor.alive();
        OneModelSpec.Builder spec = OneModelSpec.newBuilder().setEncoder(ENCODER).setSplit("splits/s").setMembers("independent");
        ScratchRun run = scratch(spec.setResamples(200)).with(ENCODER, RunSpec.getDefaultInstance());
        run.execute(new OneModelTask());
        OneModelResult result = result();
        assertEquals(List.of(0, 90), List.of(result.getCandidates(), result.getIndependents()));
        assertEquals("projector", result.getReferences(0).getFigures().getCut());
        assertEquals("independent", result.getReferences(0).getFigures().getDirections(0).getDirection());
        assertEquals(false, result.getReferences(0).hasAgreement());
        assertEquals("datasets/d", result.getDataset());
        assertEquals(run.lastTotal, run.lastDone);
        assertEquals(tensors, Tensor.alive());
        assertEquals(fixture.split.size(Part.PUBLIC), result.getPublicImages());
    }

    @Test
    void theSidesOfATrainedEncoderAreKnown() throws Exception {
        fixture(0);
        SmallEncoders.untrained(ScratchRun.input(root, ENCODER), 1);
        RunSpec trained = RunSpec.newBuilder()
                .setTrainEncoder(TrainEncoderSpec.newBuilder().setSplit("splits/s").setSide(TrainEncoderSpec.Side.REFERENCE))
                .build();
        scratch(OneModelSpec.newBuilder().setEncoder(ENCODER)).with(ENCODER, trained).execute(new OneModelTask());
        assertEquals(90, result().getIndependents());
        RunFailure unknown = assertThrows(RunFailure.class, () -> scratch(OneModelSpec.newBuilder().setEncoder(ENCODER))
                .with(ENCODER, RunSpec.getDefaultInstance())
                .execute(new OneModelTask()));
        assertTrue(unknown.getMessage().startsWith("spec.split: encoders/alone was trained on no split"), unknown.getMessage());
    }

    @Test
    void aKilledTestEndsInTheSameBytes() throws Exception {
        AttackFixture fixture = fixture(0);
        run(pair(), remembering(fixture));
        byte[] whole = Files.readAllBytes(root.resolve("result/attacked.csv"));
        assertThrows(FolderRunContext.Death.class, () -> scratch(pair()).dieAfter(3).execute(remembering(fixture)));
        run(pair(), remembering(fixture));
        assertArrayEquals(whole, Files.readAllBytes(root.resolve("result/attacked.csv")));
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        FieldViolations violations = new FieldViolations();
        OneModelRules.check(
                OneModelSpec.newBuilder()
                        .setPair("pairs/p")
                        .setSplit("s")
                        .setMembers("shared")
                        .setTags(11)
                        .setK(-1)
                        .setCrop(Crop.getDefaultInstance())
                        .setCut(" ")
                        .build(),
                violations);
        assertEquals(
                """
                spec.split: must be empty for a pair, which has one
                spec.members: must be empty for a pair: both parts are tested
                spec.split: must be splits/{id}, is "s"
                spec.members: must be candidate or independent, is "shared"
                spec.tags: must be 1 to 10, or 0 for 3, is 11
                spec.crop: must be a corner, a periphery, an empty rectangle or a grid cell
                spec.cut: must be projector, backbone, logits or a layer's path, is " "
                spec.k: must be 1 to the size of the public set's smallest class, or 0 for the default, is -1""",
                violations.toString());
        FieldViolations none = new FieldViolations();
        OneModelRules.check(OneModelSpec.getDefaultInstance(), none);
        assertEquals("spec.encoder: is required unless there is a pair, and then must be empty", none.toString());
    }

    private AttackFixture fixture(double correlation) throws Exception {
        AttackFixture fixture = AttackFixture.in(
                root,
                ComposedSet.standard(6, correlation).compose(FashionMnist.test().select(IntStream.range(0, 400).toArray())),
                90,
                150);
        SmallEncoders.untrained(ScratchRun.input(root, AttackFixture.PAIR.candidate()), 1);
        SmallEncoders.untrained(ScratchRun.input(root, AttackFixture.PAIR.reference()), 2);
        return fixture;
    }

    private static OneModelSpec.Builder pair() {
        return OneModelSpec.newBuilder().setPair(AttackFixture.PAIR.name()).setResamples(200);
    }

    private ScratchRun scratch(OneModelSpec.Builder spec) {
        return new ScratchRun(root, AttackFixture.PAIR, RunSpec.newBuilder().setOneModel(spec).build())
                .with("splits/s", RunSpec.newBuilder()
                        .setCreateSplit(CreateSplitSpec.newBuilder().setDataset("datasets/d"))
                        .build());
    }

    private OneModelResult run(OneModelSpec.Builder spec, OneModelTask task) throws Exception {
        scratch(spec).execute(task);
        return result();
    }

    private OneModelResult result() throws Exception {
        OneModelResult.Builder result = OneModelResult.newBuilder();
        JsonFormat.parser().merge(Files.readString(root.resolve("result/result.json")), result);
        return result.build();
    }

    private static OneModelTask remembering(AttackFixture fixture) {
        return new OneModelTask((run, encoder, cuts) -> {
            boolean f = encoder.equals(AttackFixture.PAIR.candidate());
            return new FakeEncoder(fixture.split.indices(f ? Part.CANDIDATE : Part.INDEPENDENT), f ? 1 : 2);
        });
    }

    private static int images(OneModelReference reference) {
        return reference.getFigures().getDirectionsList().stream().mapToInt(direction -> direction.getImages()).sum();
    }

    private static void holds(double truth, Interval interval) {
        assertTrue(interval.getCiLow() <= truth && truth <= interval.getCiHigh(), interval.toString());
    }
}
