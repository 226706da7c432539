package dev.engram.store.service.grpc;

import com.google.protobuf.Message;
import java.util.List;

/**
 * How much of a page one answer carries. A client takes messages of up to 4 MiB unless told otherwise, and a page of runs with long specs or of long lines
 * would be larger: it is cut short, and its token goes on where it was cut, as the design rules for APIs (AIP-158) allow.
 */
final class AnswerSize {
    private static final int MOST_BYTES = 2 << 20;

    private AnswerSize() {}

    /** The first items that fit into one answer; at least one. */
    static <M extends Message> List<M> fitting(List<M> items) {
        long bytes = 0;
        for (int i = 0; i < items.size(); i++) {
            bytes += items.get(i).getSerializedSize();
            if (bytes > MOST_BYTES && i > 0) {
                return items.subList(0, i);
            }
        }
        return items;
    }
}
