package dev.engram.runs.grpc;

import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;

/**
 * Keeps what a failed call says within what a client takes. A status travels in the trailers of the answer, of which clients accept 8 KiB in all; one that is longer
 * reaches them as a broken connection, without a word of what was wrong.
 */
final class Brevity {
    static final int MESSAGE_BYTES = 1200;
    static final int DETAIL_BYTES = 3000;
    private static final int DESCRIPTION_BYTES = 400;
    private static final String MORE = "…";
    private static final int LONGEST_UNICODE = 9;

    private Brevity() {}

    static String message(String text) {
        return cut(text, MESSAGE_BYTES);
    }

    /** The first violations, and how many more there are. */
    static BadRequest violations(BadRequest all) {
        BadRequest.Builder kept = BadRequest.newBuilder();
        int bytes = 0;
        for (FieldViolation violation : all.getFieldViolationsList()) {
            FieldViolation brief = violation.toBuilder()
                    .setField(cut(violation.getField(), DESCRIPTION_BYTES))
                    .setDescription(cut(violation.getDescription(), DESCRIPTION_BYTES))
                    .build();
            bytes += brief.getSerializedSize();
            if (bytes > DETAIL_BYTES - DESCRIPTION_BYTES) {
                int more = all.getFieldViolationsCount() - kept.getFieldViolationsCount();
                return kept.addFieldViolations(brief.toBuilder().setDescription("is wrong, as " + (more - 1) + " others are that are not told here")).build();
            }
            kept.addFieldViolations(brief);
        }
        return kept.build();
    }

    /** Counts a character outside of ASCII as the nine that it is written with in the trailers; half a character is dropped. */
    static String cut(String text, int most) {
        StringBuilder kept = new StringBuilder();
        int bytes = LONGEST_UNICODE;
        for (int point : text.codePoints().toArray()) {
            bytes += point < 128 ? 1 : LONGEST_UNICODE;
            if (bytes > most) {
                return kept.append(MORE).toString();
            }
            kept.appendCodePoint(point);
        }
        return kept.toString();
    }
}
