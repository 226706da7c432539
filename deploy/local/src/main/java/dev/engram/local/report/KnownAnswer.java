package dev.engram.local.report;

import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.Interval;
import java.util.Locale;

/**
 * What must hold on the composed data set: its backgrounds tell nothing of the class, so an encoder that never saw an image can only guess,
 * and the reference's accuracy is chance within its interval.
 *
 * @param holds for every crop
 * @param text a line per crop
 */
public record KnownAnswer(boolean holds, String text) {

    public static KnownAnswer of(DejaVuResult result) {
        boolean holds = true;
        StringBuilder text = new StringBuilder("\nKnown answer: the reference must stay at chance (").append(format(result.getChance())).append(")\n");
        for (CropResult crop : result.getCropsList()) {
            Interval reference = crop.getReference();
            boolean covered = reference.getCiLow() <= result.getChance() && result.getChance() <= reference.getCiHigh();
            holds &= covered;
            text.append("  ").append(CropLabel.of(crop.getCrop())).append(": reference ").append(format(reference.getValue()))
                    .append(" [").append(format(reference.getCiLow())).append(", ").append(format(reference.getCiHigh())).append("]: ")
                    .append(covered ? "holds" : "DOES NOT HOLD").append('\n');
        }
        return new KnownAnswer(holds, text.toString());
    }

    private static String format(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }
}
