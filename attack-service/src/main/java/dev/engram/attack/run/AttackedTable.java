package dev.engram.attack.run;

import dev.engram.attack.dejavu.NeighborVote;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code attacked.csv}: a line for each attacked image, most convincing first. Confidences are in nats. */
final class AttackedTable {
    static final String FILE_NAME = "attacked.csv";

    private static final String HEADER = "crop,direction,image_id,label,cell,"
            + "target_prediction,target_confidence,target_top5,"
            + "reference_prediction,reference_confidence,reference_top5,"
            + "top,left,height,width,flat,repeated,repeat_count,target_neighbors,reference_neighbors\n";

    private AttackedTable() {}

    static void write(Path file, List<AttackedRow> rows) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(HEADER);
            for (AttackedRow row : rows.stream().sorted(AttackedRow.mostConvincingFirst()).toList()) {
                out.write(line(row));
            }
        }
    }

    private static String line(AttackedRow row) {
        return Arrays.asList(
                        row.crop(),
                        row.direction().key(),
                        row.inference().image(),
                        row.inference().label(),
                        row.cell().key(),
                        vote(row.inference().target(), row.inference().label()),
                        vote(row.inference().reference(), row.inference().label()),
                        row.part().top(),
                        row.part().left(),
                        row.part().height(),
                        row.part().width(),
                        row.flat(),
                        row.repeated(),
                        row.repeatCount(),
                        ids(row.targetNeighbors()),
                        ids(row.referenceNeighbors()))
                .stream()
                .map(Object::toString)
                .collect(Collectors.joining(",", "", "\n"));
    }

    private static String vote(NeighborVote vote, int label) {
        return vote.prediction() + "," + vote.confidence() + "," + vote.isTop5(label);
    }

    private static String ids(long[] ids) {
        return Arrays.stream(ids).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }
}
