package dev.engram.attack.run;

import dev.engram.attack.dejavu.ConfidenceCurve;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code curve.csv}: accuracy at each share of most confident images, for each direction and their mean. */
final class CurveTable {
    static final String FILE_NAME = "curve.csv";
    static final String MEAN = "mean";

    private static final String HEADER = "crop,direction,share,target,reference,reference_common,"
            + "target_top5,reference_top5,reference_common_top5\n";

    /** @param direction a {@link Direction#key()} or {@link #MEAN} */
    record Curve(int crop, String direction, ConfidenceCurve curve) {}

    private CurveTable() {}

    static void write(Path file, List<Curve> curves) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(HEADER);
            for (Curve curve : curves) {
                for (ConfidenceCurve.Point point : curve.curve().points()) {
                    out.write(curve.crop() + "," + curve.direction() + "," + point.share() + "," + columns(point.top1()) + ","
                            + columns(point.top5()) + "\n");
                }
            }
        }
    }

    private static String columns(ConfidenceCurve.Accuracies accuracies) {
        return accuracies.target() + "," + accuracies.reference() + "," + accuracies.referenceCommon();
    }
}
