package dev.engram.attack.trace;

import dev.engram.runs.RunSpecs;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.EncoderEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files an attack or an edit would have left, written by hand. */
public final class StoredAttack {
    /** Six candidates and two independents, at one crop. */
    static final List<Integer> CANDIDATES = List.of(10, 11, 12, 13, 14, 15);
    static final List<Integer> INDEPENDENTS = List.of(20, 21);

    private StoredAttack() {}

    /**
     * An attack at one crop with probes.
     *
     * @param cells of the candidates, then of the independents: m, c, x (misrepresented), u
     * @param probes of f: of three training images, then of two others, + for right
     */
    static Path write(Path folder, String cells, String probes) throws IOException {
        Files.createDirectories(folder);
        StringBuilder attacked = new StringBuilder("crop,direction,image_id,label,cell,target_prediction\n");
        for (int i = 0; i < cells.length(); i++) {
            boolean candidate = i < CANDIDATES.size();
            int image = candidate ? CANDIDATES.get(i) : INDEPENDENTS.get(i - CANDIDATES.size());
            attacked.append("0,").append(candidate ? "candidate" : "independent").append(',').append(image).append(",3,")
                    .append(cell(cells.charAt(i))).append(",0\n");
        }
        StringBuilder probed = new StringBuilder("encoder,part,image_id,label,prediction\n");
        for (String encoder : List.of("f", "g")) {
            for (int i = 0; i < probes.length(); i++) {
                boolean right = encoder.equals("g") || probes.charAt(i) == '+';
                probed.append(encoder).append(i < 3 ? ",training," : ",validation,").append(i).append(",1,").append(right ? 1 : 2).append('\n');
            }
        }
        Files.writeString(folder.resolve("attacked.csv"), attacked);
        Files.writeString(folder.resolve("probes.csv"), probed);
        Files.writeString(folder.resolve("result.json"), RunSpecs.toJson(
                DejaVuResult.newBuilder().addCrops(dev.engram.v1.CropResult.newBuilder().setCut("projector"))));
        return folder;
    }

    /** An edit of two layers of four units. */
    public static Path edit(Path folder, List<Integer> first, List<Integer> second) throws IOException {
        EncoderEdit.Builder edit = EncoderEdit.newBuilder();
        edit.addLayersBuilder().setLayer("conv1").setUnits(4).addAllChanged(first);
        edit.addLayersBuilder().setLayer("conv2").setUnits(4).addAllChanged(second);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("result.json"), RunSpecs.toJson(edit));
        return folder;
    }

    private static String cell(char key) {
        return switch (key) {
            case 'm' -> "memorized";
            case 'c' -> "correlated";
            case 'x' -> "misrepresented";
            default -> "unassociated";
        };
    }
}
