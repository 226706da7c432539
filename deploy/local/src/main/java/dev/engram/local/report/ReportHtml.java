package dev.engram.local.report;

import dev.engram.local.demo.DemoResult;
import dev.engram.local.demo.Services;
import dev.engram.v1.AttackedImage;
import dev.engram.v1.CropResult;
import dev.engram.v1.CurvePoint;
import dev.engram.v1.Interval;
import dev.engram.v1.LayerScore;
import dev.engram.v1.SubsetScore;
import dev.engram.v1.Unit;
import dev.engram.v1.UnitLayerSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code report.html}: one file with figures and pictures inside, readable without any other. */
public final class ReportHtml {
    private static final int NEIGHBORS = 5;
    private static final int IMAGES_A_UNIT = 9;

    private final DemoResult result;
    private final Pictures pictures;
    private final StringBuilder html = new StringBuilder();

    private ReportHtml(DemoResult result, Services services) {
        this.result = result;
        this.pictures = new Pictures(services, result.dataset().getName(), result.dataset().getSummary().getClassNamesList());
    }

    /** @param services where the pictures are asked for */
    public static String of(DemoResult result, Services services) {
        return new ReportHtml(result, services).write();
    }

    private String write() {
        html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Engram report: ")
                .append(Html.escape(result.pair().getName())).append("</title><style>").append(style()).append("</style></head><body><main>");
        head();
        layerMem();
        unitMem();
        dejaVu();
        memorized();
        numbers();
        return html.append("</main></body></html>\n").toString();
    }

    private void head() {
        html.append("<h1>What this pair of encoders remembers</h1><p class=\"lead\">")
                .append(Html.escape(result.dataset().getSpec().getDisplayName())).append(" · ")
                .append(Html.escape(result.pair().getRecipe().getObjective())).append(" on ")
                .append(Html.escape(result.pair().getRecipe().getNetwork())).append(" · ")
                .append(result.pair().getRecipe().getEpochs()).append(" epochs</p><p>")
                .append("f was trained on ").append(result.split().getSummary().getShared()).append(" shared and ")
                .append(result.split().getSummary().getCandidate()).append(" candidate images; g, by the same recipe, on the shared and ")
                .append(result.split().getSummary().getIndependent()).append(" independent ones. Split ")
                .append("<code>").append(result.split().getSummary().getDigest(), 0, 12).append("</code>.</p>");
    }

    private void layerMem() {
        List<LayerScore> layers = result.layerMem().getLayersList().stream()
                .filter(layer -> layer.getPoint().equals("conv") || layer.getPoint().equals("add")
                        || layer == result.layerMem().getLayersList().getLast())
                .toList();
        LineChart chart = new LineChart("LayerMem by depth", layers.stream().map(LayerScore::getLayer).toList());
        List.of("candidate", "shared", "independent", "external").forEach(name -> {
            List<SubsetScore> scores = layers.stream()
                    .flatMap(layer -> layer.getSubsetsList().stream().filter(subset -> subset.getSubset().equals(name)))
                    .toList();
            chart.add(name, name, scores.stream().map(SubsetScore::getMean).toList(), scores.stream().map(SubsetScore::getCiLow).toList(),
                    scores.stream().map(SubsetScore::getCiHigh).toList());
        });
        section("Where: LayerMem by depth",
                "How much better f aligns two views of an image than g does, per layer. A level that all subsets share is a difference of the two "
                        + "trainings; what the candidates, the images only f saw, exceed external points by is memorization. Bands are 95 % intervals over images.",
                chart.svg());
    }

    private void unitMem() {
        List<UnitLayerSummary> layers = result.unitMem().getLayersList().stream()
                .filter(layer -> layer.getPoint().equals("relu") || layer.getPoint().equals("add"))
                .toList();
        LineChart chart = new LineChart("UnitMem by layer", layers.stream().map(UnitLayerSummary::getLayer).toList())
                .add("mean of the units", "candidate", layers.stream().map(UnitLayerSummary::getMean).toList(), List.of(), List.of())
                .add("highest unit", "independent", layers.stream().map(UnitLayerSummary::getMax).toList(), List.of(), List.of())
                .add("mean, random weights", "external", layers.stream().map(UnitLayerSummary::getNullMean).toList(), List.of(), List.of())
                .add("highest, random weights", "shared", layers.stream().map(UnitLayerSummary::getNullMax).toList(), List.of(), List.of());
        StringBuilder body = new StringBuilder(chart.svg());
        List<Unit> units = result.topUnits();
        pictures.load(units.stream().flatMap(unit -> unit.getTopImagesList().stream()).map(image -> image.getImageId()).toList());
        body.append("<h3>Units and the images that own them</h3><div class=\"units\">");
        for (Unit unit : units) {
            body.append("<figure><div class=\"strip\">");
            unit.getTopImagesList().stream().limit(IMAGES_A_UNIT).forEach(image -> body.append(pictures.image(image.getImageId())));
            body.append(String.format(Locale.ROOT, "</div><figcaption>%s, unit %d: %.3f</figcaption></figure>",
                    Html.escape(unit.getLayer()), unit.getUnit(), unit.getUnitMem()));
        }
        body.append("</div>");
        section("Which units: UnitMem",
                "How much a unit answers to one image above all others. A unit of an encoder with random weights already has a UnitMem well above 0, "
                        + "which grows with the number of images: read the distance to it.",
                body.toString());
    }

    private void dejaVu() {
        StringBuilder body = new StringBuilder();
        for (CropResult crop : result.dejaVu().getCropsList()) {
            List<CurvePoint> curve = crop.getCurveList();
            LineChart chart = new LineChart("Déjà vu, " + CropLabel.of(crop.getCrop()),
                    curve.stream().map(point -> String.format(Locale.ROOT, "%.0f%%", 100 * point.getShare())).toList());
            chart.add("encoder that saw the image", "candidate", curve.stream().map(CurvePoint::getTarget).toList(), List.of(), List.of());
            chart.add("encoder that did not", "external", curve.stream().map(CurvePoint::getReference).toList(), List.of(), List.of());
            body.append("<h3>").append(Html.escape(CropLabel.of(crop.getCrop()))).append("</h3>").append(chart.svg()).append(partition(crop));
        }
        section("What leaks: déjà vu",
                "The class of a training image, inferred from one corner of it by the votes of public images. Accuracy on each encoder's most confident "
                        + "share of images, from few to all; chance is " + percent(result.dejaVu().getChance())
                        + ". The score is what the encoder that saw the image gains over the one that did not.",
                body.toString());
    }

    private static String partition(CropResult crop) {
        StringBuilder bar = new StringBuilder("<div class=\"partition\">");
        cell(bar, "memorized", "candidate", crop.getMemorized());
        cell(bar, "correlated", "shared", crop.getCorrelated());
        cell(bar, "misrepresented", "independent", crop.getMisrepresented());
        cell(bar, "unassociated", "external", crop.getUnassociated());
        Interval score = crop.getScore();
        return bar.append("</div><p>Score <strong>")
                .append(String.format(Locale.ROOT, "%+.1f points</strong> (95 %% interval %+.1f to %+.1f): ", 100 * score.getValue(),
                        100 * score.getCiLow(), 100 * score.getCiHigh()))
                .append(score.getCiLow() > 0
                        ? "more than chance and correlation explain."
                        : score.getCiHigh() < 0 ? "the encoder that saw the images does worse." : "no leak that this many images can show.")
                .append("</p>").toString();
    }

    private static void cell(StringBuilder bar, String name, String color, Interval share) {
        bar.append(String.format(Locale.ROOT, "<div class=\"color-%s\" style=\"flex:%.4f\" title=\"%s %s (95 %% interval %s to %s)\"><span>%s %s</span></div>",
                color, Math.max(share.getValue(), 0.001), name, percent(share.getValue()), percent(share.getCiLow()), percent(share.getCiHigh()),
                name, percent(share.getValue())));
    }

    private void memorized() {
        if (result.memorized().isEmpty() || result.dejaVu().getCropsCount() == 0) {
            section("Memorized examples", "No attacked image was named by the encoder that saw it and missed by the other.", "");
            return;
        }
        List<Long> ids = new ArrayList<>();
        result.memorized().forEach(image -> {
            ids.add(image.getImageId());
            ids.addAll(image.getTarget().getNeighborsList());
            ids.addAll(image.getReference().getNeighborsList());
        });
        pictures.load(ids);
        StringBuilder body = new StringBuilder("<div class=\"scroll\"><table class=\"gallery\"><thead><tr><th>image</th><th>seen by the attack</th>"
                + "<th>nearest public images under the encoder that saw it</th><th>under the other</th></tr></thead><tbody>");
        for (AttackedImage image : result.memorized()) {
            body.append("<tr><td>").append(pictures.image(image.getImageId())).append("<small>").append(pictures.className(image.getLabel()))
                    .append("</small></td><td>").append(pictures.crop(image.getImageId(), result.dejaVu().getCrops(0).getCrop())).append("</td><td>");
            image.getTarget().getNeighborsList().stream().limit(NEIGHBORS).forEach(id -> body.append(pictures.image(id)));
            body.append("<small>").append(pictures.className(image.getTarget().getPrediction())).append("</small></td><td>");
            image.getReference().getNeighborsList().stream().limit(NEIGHBORS).forEach(id -> body.append(pictures.image(id)));
            body.append("<small>").append(pictures.className(image.getReference().getPrediction())).append("</small></td></tr>");
        }
        section("Memorized examples",
                "Images whose class the encoder that saw them names from the corner alone, and the other does not. Most convincing first.",
                body.append("</tbody></table></div>").toString());
    }

    private void numbers() {
        section("Numbers", "The same as in report.json.", "<pre>" + Html.escape(ReportTable.of(result)) + "</pre>");
    }

    private void section(String title, String text, String body) {
        html.append("<section><h2>").append(title).append("</h2><p>").append(text).append("</p>").append(body).append("</section>");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String style() {
        try (InputStream css = ReportHtml.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
