package dev.engram.attack.audit;

import dev.engram.attack.result.AttackedImagePages;
import dev.engram.runs.RunContext;
import dev.engram.v1.AttackedImage;
import dev.engram.v1.ListAttackedImagesRequest;
import java.util.List;

/** The most convincing memorized images of a result. */
final class AuditExamples {
    private final RunContext run;
    private final int most;

    AuditExamples(RunContext run, int most) {
        this.run = run;
        this.most = most;
    }

    /** @param index of a crop or reference in the result of {@code result} */
    List<AttackedImage> of(String result, int index) {
        if (most == 0) {
            return List.of();
        }
        ListAttackedImagesRequest memorized =
                ListAttackedImagesRequest.newBuilder().setCrop(index).setCell("memorized").build();
        try {
            return new AttackedImagePages(memorized)
                    .page(run.input(result).resolve("attacked.csv"), most, "")
                    .getImagesList();
        } catch (AttackedImagePages.InvalidToken e) {
            throw new IllegalStateException("the first page needs no token", e);
        }
    }
}
