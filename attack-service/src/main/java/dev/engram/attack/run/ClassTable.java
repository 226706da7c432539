package dev.engram.attack.run;

import dev.engram.attack.dejavu.ClassGap;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code classes.csv}: what leaks of each class, with p-values before and after adjusting for the number of classes. */
final class ClassTable {
    static final String FILE_NAME = "classes.csv";

    private static final String HEADER = "crop,label,class,memorized,correlated,misrepresented,unassociated,gap,p,q\n";

    private ClassTable() {}

    /** @param crops the classes of each crop of the result */
    static void write(Path file, List<List<ClassGap>> crops, List<String> classNames) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(HEADER);
            for (int crop = 0; crop < crops.size(); crop++) {
                for (ClassGap gap : crops.get(crop)) {
                    out.write(line(crop, gap, classNames.get(gap.label())));
                }
            }
        }
    }

    private static String line(int crop, ClassGap gap, String name) {
        return "%d,%d,%s,%d,%d,%d,%d,%s,%s,%s\n".formatted(
                crop,
                gap.label(),
                quoted(name),
                gap.partition().memorized(),
                gap.partition().correlated(),
                gap.partition().misrepresented(),
                gap.partition().unassociated(),
                gap.gap(),
                gap.p(),
                gap.q());
    }

    private static String quoted(String name) {
        return name.matches("[^\",\n\r]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
