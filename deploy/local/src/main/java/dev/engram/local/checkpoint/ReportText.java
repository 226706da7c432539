package dev.engram.local.checkpoint;

import dev.engram.v1.CheckpointReport;
import dev.engram.v1.KeyMatch;
import dev.engram.v1.NetworkMatch;
import dev.engram.v1.TensorDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A report of a file of weights as lines of a terminal. */
public final class ReportText {
    private static final int SHOWN = 12;

    private final boolean all;
    private final List<String> lines = new ArrayList<>();

    private ReportText(boolean all) {
        this.all = all;
    }

    /** @param all every key, instead of the first of each kind */
    public static List<String> of(CheckpointReport report, boolean all) {
        ReportText text = new ReportText(all);
        text.write(report);
        return text.lines;
    }

    private void write(CheckpointReport report) {
        line("%s, %,d bytes, SHA-256 %s", report.getFormat(), report.getSize(), report.getSha256());
        if (!report.getContainer().isEmpty() || report.getOtherContainersCount() > 0) {
            line("state in \"%s\"%s", report.getContainer(), others(report.getOtherContainersList()));
        }
        if (report.getForeignClassesCount() > 0) {
            line("names classes that are never loaded: %s", String.join(", ", report.getForeignClassesList()));
        }
        if (!report.getNetwork().isEmpty()) {
            line("%s%s, images %d×%d×%d%s",
                    report.getNetwork(), options(report.getNetworkOptionsMap()), report.getChannels(), report.getSide(), report.getSide(),
                    report.getPrefix().isEmpty() ? "" : ", names after \"" + report.getPrefix() + "\"");
            line("%d loaded, %d missing, %d of another shape, %d unexpected%s: %s",
                    report.getLoadedTotal(), report.getMissingTotal(), report.getMismatchedTotal(), report.getUnexpectedTotal(),
                    report.getHeadsCount() > 0 ? ", %d of a classifier".formatted(report.getHeadsCount()) : "",
                    report.getStrictOk() ? "fits strictly" : "does not fit strictly");
        }
        table("loaded", report.getLoadedList().stream().map(ReportText::loaded).toList());
        table("missing", report.getMissingList().stream().map(ReportText::tensor).toList());
        table("of another shape", report.getMismatchedList().stream().map(ReportText::mismatched).toList());
        table("unexpected", report.getUnexpectedList().stream().map(ReportText::tensor).toList());
        table("of a classifier, left out", report.getHeadsList().stream().map(ReportText::tensor).toList());
        if (report.getProjectorCount() > 0) {
            line("projector %s", String.join("-", report.getProjectorList().stream().map(Object::toString).toList()));
        }
        report.getNotesList().forEach(note -> line("note: %s", note));
        if (!report.getStrictOk() && report.getNearestCount() > 0) {
            line("");
            line("nearest networks:");
            report.getNearestList().forEach(match -> lines.add(nearest(match)));
        }
    }

    private void table(String title, List<String> rows) {
        if (rows.isEmpty()) {
            return;
        }
        line("");
        line("%s:", title);
        rows.stream().limit(all ? Long.MAX_VALUE : SHOWN).forEach(lines::add);
        if (!all && rows.size() > SHOWN) {
            line("  … and %d more (--all shows them)", rows.size() - SHOWN);
        }
    }

    private static String others(List<String> containers) {
        return containers.isEmpty() ? "" : "; also in the file: " + String.join(", ", containers.stream().limit(5).toList());
    }

    private static String loaded(KeyMatch match) {
        return format("  %-44s %-5s %-18s %s", match.getName(), match.getType(), match.getShapeList(),
                match.getKey().equals(match.getName()) ? "" : "from " + match.getKey());
    }

    private static String mismatched(KeyMatch match) {
        return format("  %-44s %-5s %-18s the network has %s", match.getName(), match.getType(), match.getShapeList(), match.getExpectedShapeList());
    }

    private static String tensor(TensorDescription tensor) {
        return format("  %-44s %-5s %s", tensor.getName(), tensor.getType(), tensor.getShapeList());
    }

    private static String nearest(NetworkMatch match) {
        return format("  %-14s %3.0f %% of its values: %d loaded, %d missing, %d of another shape, %d unexpected%s",
                match.getNetwork(), 100 * match.getCoverage(), match.getLoaded(), match.getMissing(), match.getMismatched(), match.getUnexpected(),
                options(match.getNetworkOptionsMap()));
    }

    private static String options(Map<String, String> options) {
        List<String> texts = new TreeMap<>(options).entrySet().stream().map(option -> option.getKey() + "=" + option.getValue()).toList();
        return texts.isEmpty() ? "" : " (" + String.join(", ", texts) + ")";
    }

    private void line(String format, Object... values) {
        lines.add(format(format, values));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).stripTrailing();
    }
}
