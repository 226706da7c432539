package dev.engram.attack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import dev.engram.v1.AttackedImage;
import dev.engram.v1.AuditReport;
import dev.engram.v1.AuditedData;
import dev.engram.v1.AuditedEncoder;
import dev.engram.v1.AuditedExamples;
import dev.engram.v1.AuditedResult;
import dev.engram.v1.ClassGap;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.DirectionResult;
import dev.engram.v1.ImportEncoderSpec;
import dev.engram.v1.Interval;
import dev.engram.v1.OneModelReference;
import dev.engram.v1.OneModelResult;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.ProbeControl;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TestAgreement;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditPageTest {
    private static final String HOSTILE = "<script>alert(\"1\")</script>&";

    /** Names of classes and files are others' words: of whatever they are made, they stay words. */
    @Test
    void noNameBecomesMarkup() {
        CropResult crop = crop().setCut(HOSTILE).addClasses(ClassGap.newBuilder().setQ(0.01)).build();
        AuditReport report = AuditReport.newBuilder()
                .setTitle(HOSTILE)
                .setData(AuditedData.newBuilder().setDataset(HOSTILE).setSplit(HOSTILE))
                .addEncoders(AuditedEncoder.newBuilder().setName(HOSTILE).setMadeBy(RunSpec.newBuilder()
                        .setImportEncoder(ImportEncoderSpec.newBuilder().setNetwork(HOSTILE))))
                .addResults(AuditedResult.newBuilder()
                        .setRun(HOSTILE)
                        .setSpec(RunSpec.newBuilder().setDejaVu(DejaVuSpec.newBuilder().setPair(HOSTILE)))
                        .setDejaVu(DejaVuResult.newBuilder().addCrops(crop).addProbes(ProbeControl.newBuilder().setEncoder(HOSTILE)))
                        .addExamples(AuditedExamples.newBuilder().addImages(AttackedImage.newBuilder().setImageId(7))))
                .addNotTested(HOSTILE)
                .build();
        String html = new AuditPage(report, images(HOSTILE)).html();
        assertFalse(html.contains("<script"), html);
        assertFalse(html.contains("</script"), html);
        assertEquals(12, html.split("&lt;script&gt;", -1).length - 1, "title twice, data twice, encoder, run, pair, probe, cut, class twice, not tested");
        assertTrue(html.contains("\\u003cscript\\u003e") || html.contains("alert(\\&quot;1\\&quot;)"), "the network asked for is in its spec");
    }

    @Test
    void figuresAreSaidWithWhatWasAsked() {
        AuditReport report = AuditReport.newBuilder()
                .addResults(AuditedResult.newBuilder()
                        .setRun("runs/two")
                        .setSpec(RunSpec.newBuilder().setDejaVu(DejaVuSpec.newBuilder().setPair("pairs/p").setCosine(true)))
                        .setDejaVu(DejaVuResult.newBuilder()
                                .setK(12).setPublicImages(250).setChance(0.1).setMajority(0.125)
                                .addProbes(ProbeControl.newBuilder()
                                        .setEncoder("f").setTraining(0.9).setTrainingImages(200).setValidation(0.4).setValidationImages(210))
                                .addCrops(crop().setCut("backbone"))))
                .addResults(AuditedResult.newBuilder()
                        .setRun("runs/one")
                        .setSpec(RunSpec.newBuilder().setOneModel(OneModelSpec.newBuilder().setEncoder("encoders/e")))
                        .setOneModel(OneModelResult.newBuilder().setK(3).setPublicImages(90).addReferences(OneModelReference.newBuilder()
                                .setName("naive_bayes").setFigures(crop().setCut("projector"))
                                .setAgreement(TestAgreement.newBuilder().setBoth(10).setOnlyOneModel(5).setOnlyTwoModels(2).setKappa(0.722).setPrecision(0.667).setRecall(Double.NaN)))))
                .build();
        String text = new AuditPage(report, images("a")).html().replaceAll("<[^>]*>", "|");
        for (String sentence : List.of(
                "runs/two: pairs/p, where neighbors vote the 12 nearest of 250 public images by cosine. "
                        + "A guess at random is right in 10.0 %, the largest public class always in 12.5 %.",
                "|f||90.0 % of 200||40.0 % of 210||50.0 %|",
                "cut backbone, lower left 0.3, reference: the other encoder",
                "58 candidates attacked, 2 left out, 3 crops of one color; 60 independents attacked, 4 crops like another.",
                "|Score||12.5 %||-1.0 % to 26.0 %|",
                "runs/one: encoders/e, where neighbors vote the 3 nearest of 90 public images by raw L2 distance.",
                "reference: naive bayes",
                "Memorized by this test and by that of two models: 10, by this alone 5, by that alone 2. Cohen's kappa 0.72, precision 0.67, recall NaN.")) {
            assertTrue(text.contains(sentence), sentence + "\n" + text);
        }
    }

    private static CropResult.Builder crop() {
        return CropResult.newBuilder()
                .setCrop(Crop.newBuilder().setCorner(CornerCrop.newBuilder().setCorner(Crop.Corner.LOWER_LEFT).setFraction(0.3)))
                .setScore(Interval.newBuilder().setValue(0.125).setCiLow(-0.01).setCiHigh(0.26))
                .addDirections(DirectionResult.newBuilder().setDirection("candidate").setImages(58).setLeftOut(2).setFlat(3))
                .addDirections(DirectionResult.newBuilder().setDirection("independent").setImages(60).setRepeated(4));
    }

    private static ImageSet images(String className) {
        return new ImageSetBuilder("one", new ImageShape(1, 2, 2), List.of(className), 1).add(new byte[4], 0, 7, List.of()).build();
    }
}
