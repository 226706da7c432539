package dev.engram.attack.audit;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.image.Png;
import dev.engram.runs.RunSpecs;
import dev.engram.v1.AttackedImage;
import dev.engram.v1.AuditReport;
import dev.engram.v1.AuditedData;
import dev.engram.v1.AuditedResult;
import dev.engram.v1.CropResult;
import dev.engram.v1.Interval;
import dev.engram.v1.MembershipTest;
import dev.engram.v1.OneModelReference;
import dev.engram.v1.ProbeControl;
import dev.engram.v1.TruePositives;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as one HTML page that needs no other file: tables, curves as SVG, pictures inside. */
final class AuditPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title><style>
            :root{color-scheme:light dark;--ink:#1b2430;--quiet:#66707c;--line:#d8dde4;--ground:#fff;--raised:#f4f6f8;--target:#b3541e;--reference:#2f6f9f}
            @media screen and (prefers-color-scheme:dark){:root{--ink:#e7ecf1;--quiet:#9aa7b4;--line:#2b333c;--ground:#12161b;--raised:#1a2027;--target:#ff9a62;--reference:#74b0ea}}
            body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--ground);overflow-wrap:break-word}.q,pre,.d td:nth-child(3){overflow-wrap:anywhere}
            table{border-collapse:collapse;margin:.5rem 0 1.5rem}th,td{border-bottom:1px solid var(--line);padding:.25rem .75rem;text-align:left;vertical-align:top}
            th:first-child,td:first-child{padding-left:0;min-width:4.5rem}td{font-variant-numeric:tabular-nums}
            figure{display:inline-block;vertical-align:top;margin:.3rem;width:7rem;font-size:12px}figure img{width:7rem;image-rendering:pixelated}
            pre{white-space:pre-wrap;background:var(--raised);padding:.75rem;font-size:12px}svg{max-width:100%%;height:auto}
            .q{color:var(--quiet)}%s
            </style></head><body>
            """;

    private final AuditReport report;
    private final ImageSet images;
    private final Map<Integer, Integer> indexOfId = new HashMap<>();
    private final StringBuilder html = new StringBuilder();

    AuditPage(AuditReport report, ImageSet images) {
        this.report = report;
        this.images = images;
        for (int i = 0; i < images.size(); i++) {
            indexOfId.put(images.id(i), i);
        }
    }

    String html() {
        html.append(HEAD.formatted(escape(report.getTitle()), CurvePicture.STYLE));
        html.append("<h1>").append(escape(report.getTitle())).append("</h1>\n");
        data(report.getData());
        report.getResultsList().forEach(this::result);
        html.append("<h2>What was not tested</h2>\n<ul>\n");
        report.getNotTestedList().forEach(sentence -> html.append("<li>").append(escape(sentence)).append("</li>\n"));
        html.append("</ul>\n<h2>How the encoders were made</h2>\n");
        report.getEncodersList().forEach(encoder -> html.append("<h3>").append(escape(encoder.getName()))
                .append("</h3>\n<p class=\"q\">weights ").append(encoder.getWeightsDigest()).append("</p>\n<pre>")
                .append(escape(RunSpecs.toJson(encoder.getMadeBy()))).append("</pre>\n"));
        return html.append("</body></html>\n").toString();
    }

    private void data(AuditedData data) {
        html.append("<h2>Data</h2>\n<div class=\"d\">");
        table(List.of("", "Name", "SHA-256", "Images"), List.of(
                List.of("Data set", data.getDataset(), data.getDatasetDigest(), data.getImages() + " of " + data.getClasses() + " classes"),
                List.of("Split", data.getSplit(), data.getSplitDigest(), "%d shared, %d candidates, %d independents, %d external, %d public"
                        .formatted(data.getShared(), data.getCandidate(), data.getIndependent(), data.getExternal(), data.getPublicSet()))));
        html.append("</div>\n");
    }

    private void result(AuditedResult result) {
        html.append("<h2>").append(result.hasDejaVu() ? "Déjà vu, two models" : "Déjà vu, one model").append("</h2>\n<p class=\"q\">")
                .append(escape(result.getRun() + ": " + AuditSentences.asked(result))).append("</p>\n");
        if (result.hasDejaVu()) {
            probes(result.getDejaVu().getProbesList());
            for (int i = 0; i < result.getDejaVu().getCropsCount(); i++) {
                figures("reference: the other encoder", result.getDejaVu().getCrops(i));
                gallery(result, i);
            }
            return;
        }
        for (int i = 0; i < result.getOneModel().getReferencesCount(); i++) {
            OneModelReference reference = result.getOneModel().getReferences(i);
            figures("reference: " + reference.getName().replace('_', ' '), reference.getFigures());
            if (reference.hasAgreement()) {
                html.append("<p>").append(escape(AuditSentences.agreement(reference.getAgreement()))).append("</p>\n");
            }
            gallery(result, i);
        }
    }

    /** What conventional evaluation sees of the encoders. */
    private void probes(List<ProbeControl> probes) {
        if (probes.isEmpty()) {
            return;
        }
        html.append("<h3>Linear probes of whole images</h3>\n");
        table(List.of("", "Training images", "Public images", "Gap"), probes.stream()
                .map(probe -> List.of(
                        probe.getEncoder(),
                        "%s of %d".formatted(percent(probe.getTraining()), probe.getTrainingImages()),
                        "%s of %d".formatted(percent(probe.getValidation()), probe.getValidationImages()),
                        percent(probe.getTraining() - probe.getValidation())))
                .toList());
    }

    private void figures(String reference, CropResult crop) {
        html.append("<h3>").append(escape("cut " + crop.getCut() + ", " + AuditSentences.crop(crop.getCrop()) + ", " + reference))
                .append("</h3>\n<p class=\"q\">").append(escape(AuditSentences.attacked(crop.getDirectionsList()))).append("</p>\n");
        List<List<String>> rows = new ArrayList<>(List.of(
                row("Target (saw the image)", crop.getTarget()),
                row("Reference", crop.getReference()),
                row("Score", crop.getScore()),
                row("Score, mean over classes", crop.getMacro().getScore()),
                row("Score by the five most voted classes", crop.getTop5().getScore()),
                row("Memorized", crop.getMemorized()),
                row("Correlated", crop.getCorrelated()),
                row("Misrepresented", crop.getMisrepresented()),
                row("Unassociated", crop.getUnassociated())));
        for (MembershipTest test : crop.getMembershipList()) {
            rows.add(row("Members told from others, area under the ROC curve, by " + test.getScore(), test.getAuc()));
            for (TruePositives found : test.getTruePositivesList()) {
                rows.add(row("Members found at %s %% false alarms, by %s".formatted(number(100 * found.getFalsePositiveRate()), test.getScore()),
                        found.getTruePositiveRate()));
            }
        }
        if (crop.hasOverPairs()) {
            rows.add(row("Score over " + crop.getOverPairs().getPairsCount() + " pairs", crop.getOverPairs().getMean().getScore()));
        }
        table(List.of("", "Share", "95 % interval"), rows);
        html.append("<p>Chance of a score at least as far from 0 if seeing an image made no difference: p = ")
                .append(number(crop.getSwapTest().getPTwoSided())).append(". Of ").append(crop.getClassesCount())
                .append(" classes those whose gap is no luck (q up to 0.05): ").append(escape(leaking(crop))).append(".</p>\n");
        html.append(CurvePicture.of(crop.getCurveList()))
                .append("<p class=\"q\">Accuracy at the most confident share of images: <b class=\"kt\">target</b> and <b class=\"kr\">reference</b>.</p>\n");
    }

    /** Names of the classes whose gap is no false discovery at 0.05. */
    private String leaking(CropResult crop) {
        List<String> names = crop.getClassesList().stream()
                .filter(gap -> gap.getQ() <= 0.05)
                .map(gap -> images.classNames().get(gap.getLabel()))
                .toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private void gallery(AuditedResult result, int crop) {
        List<AttackedImage> memorized = result.getExamplesList().stream()
                .filter(examples -> examples.getCrop() == crop)
                .flatMap(examples -> examples.getImagesList().stream())
                .toList();
        if (memorized.isEmpty()) {
            return;
        }
        html.append("<p>Memorized, most convincing first (training images):</p>\n<div>");
        for (AttackedImage image : memorized) {
            int index = indexOfId.get((int) image.getImageId());
            String png = Base64.getEncoder().encodeToString(Png.encode(images.picture(index)));
            html.append("<figure><img alt=\"\" src=\"data:image/png;base64,").append(png).append("\"><figcaption>")
                    .append(escape(images.classNames().get(image.getLabel()))).append(", image ").append(image.getImageId())
                    .append("</figcaption></figure>");
        }
        html.append("</div>\n");
    }

    private void table(List<String> titles, List<List<String>> rows) {
        html.append("<table><tr>");
        titles.forEach(title -> html.append("<th>").append(escape(title)).append("</th>"));
        html.append("</tr>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            row.forEach(cell -> html.append("<td>").append(escape(cell)).append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</table>\n");
    }

    private static List<String> row(String name, Interval interval) {
        return List.of(name, percent(interval.getValue()), percent(interval.getCiLow()) + " to " + percent(interval.getCiHigh()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
