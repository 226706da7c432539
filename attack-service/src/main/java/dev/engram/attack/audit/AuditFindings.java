package dev.engram.attack.audit;

import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.v1.AttackedImage;
import dev.engram.v1.AuditReport;
import dev.engram.v1.AuditedData;
import dev.engram.v1.AuditedEncoder;
import dev.engram.v1.AuditedExamples;
import dev.engram.v1.AuditedResult;
import dev.engram.v1.AuditedResultOrBuilder;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.OneModelReference;
import dev.engram.v1.OneModelResult;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything an audit says, gathered from the results and what they were made of. */
final class AuditFindings {
    private final RunContext run;
    private final AuditSubjects subjects;
    private final ImageSet images;
    private final Split split;
    private final AuditExamples examples;

    AuditFindings(RunContext run, AuditSubjects subjects, ImageSet images, Split split, AuditExamples examples) {
        this.run = run;
        this.subjects = subjects;
        this.images = images;
        this.split = split;
        this.examples = examples;
    }

    AuditReport report() throws IOException {
        String title = run.spec().getAudit().getTitle();
        AuditReport.Builder report = AuditReport.newBuilder()
                .setTitle(title.isEmpty() ? "Audit of " + subjects.attacked() : title)
                .setData(data());
        for (String encoder : subjects.encoders()) {
            report.addEncoders(AuditedEncoder.newBuilder()
                    .setName(encoder)
                    .setWeightsDigest(new CheckpointFolder(run.input(encoder)).manifest().sha256(TrainedEncoder.ENCODER))
                    .setMadeBy(run.specOf(encoder)));
        }
        for (Map.Entry<String, RunSpec> made : subjects.runs().entrySet()) {
            report.addResults(result(made.getKey(), made.getValue()));
        }
        return report.addAllNotTested(notTested(report.getResultsList())).build();
    }

    private AuditedData data() {
        return AuditedData.newBuilder()
                .setDataset(subjects.dataset())
                .setDatasetDigest(images.digest())
                .setImages(images.size())
                .setClasses(images.classNames().size())
                .setSplit(subjects.split())
                .setSplitDigest(split.digest())
                .setShared(split.size(Part.SHARED))
                .setCandidate(split.size(Part.CANDIDATE))
                .setIndependent(split.size(Part.INDEPENDENT))
                .setExternal(split.size(Part.EXTERNAL))
                .setPublicSet(split.size(Part.PUBLIC))
                .build();
    }

    private AuditedResult result(String name, RunSpec spec) throws IOException {
        AuditedResult.Builder result = AuditedResult.newBuilder().setRun(name).setSpec(spec);
        if (spec.hasDejaVu()) {
            result.setDejaVu(Inputs.message(run, name, "result.json", DejaVuResult.newBuilder()));
        } else {
            result.setOneModel(Inputs.message(run, name, "result.json", OneModelResult.newBuilder()));
        }
        for (int crop = 0; crop < figures(result).size(); crop++) {
            List<AttackedImage> memorized = examples.of(name, crop);
            if (!memorized.isEmpty()) {
                result.addExamples(AuditedExamples.newBuilder().setCrop(crop).addAllImages(memorized));
            }
        }
        return result.build();
    }

    /** Of every crop, or every reference. */
    private static List<CropResult> figures(AuditedResultOrBuilder result) {
        return result.hasDejaVu()
                ? result.getDejaVu().getCropsList()
                : result.getOneModel().getReferencesList().stream().map(OneModelReference::getFigures).toList();
    }

    /** What a reader might take for answered. */
    private List<String> notTested(List<AuditedResult> results) {
        List<String> sentences = new ArrayList<>();
        List<DejaVuResult> attacks =
                results.stream().filter(AuditedResult::hasDejaVu).map(AuditedResult::getDejaVu).toList();
        if (attacks.isEmpty()) {
            sentences.add("No second encoder stood against the first: what references do not learn of the background counts as memory.");
        }
        if (attacks.stream().flatMap(attack -> attack.getCropsList().stream()).noneMatch(crop -> crop.hasOverPairs())) {
            sentences.add("One training each: intervals are over images. Another seed or split may give another score.");
        }
        boolean boxes = results.stream()
                .flatMap(result -> figures(result).stream())
                .anyMatch(crop -> crop.getCrop().hasPeriphery() || crop.getCrop().hasEmptyRectangle());
        if (!boxes) {
            sentences.add("No crop was taken beside a box: corners and cells may show a piece of the object.");
        }
        CreateSplitSpec made = run.specOf(subjects.split()).getCreateSplit();
        if (!made.hasNearDuplicates()) {
            sentences.add("Nobody looked for public images that nearly show a training image: a neighbor may be right because it is a copy.");
        } else if (!made.getNearDuplicates().getRemove()) {
            sentences.add("Public images that nearly show a training image were looked for, and left in.");
        }
        if (results.stream().mapToLong(result -> figures(result).size()).sum() > 1) {
            sentences.add("Each p and q is of one cut and crop: of many, some are small by luck.");
        }
        sentences.add("Images in the training data of both encoders were not attacked.");
        sentences.add("Whether pictures can be reconstructed was not tested, nor adversaries that know more than labelled public images.");
        sentences.add("Layers other than the cuts named with each figure were not read.");
        return sentences;
    }
}
