package dev.engram.metrics.result;

import dev.engram.runs.grpc.FieldViolations;

/** How many rows a page has where a request asks for none. */
final class PageSize {
    private static final int DEFAULT = 50;
    private static final int LARGEST = 500;

    private PageSize() {}

    static void check(int pageSize, FieldViolations violations) {
        violations.require(
                pageSize >= 0 && pageSize <= LARGEST,
                "page_size",
                "must be 1 to %d, or 0 for %d, is %d".formatted(LARGEST, DEFAULT, pageSize));
    }

    static int of(int pageSize) {
        return pageSize == 0 ? DEFAULT : pageSize;
    }
}
