package dev.engram.store.catalogue;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The last row of a page in a listing by creation time and id, newest first, so that rows made meanwhile shift nothing. */
record PageToken(Instant createdAt, String id) {

    static final int MAX_PAGE_SIZE = 1000;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

    static Optional<PageToken> parse(String token) {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        try {
            var parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("/", 2);
            var at = Instant.parse(parts[0]);
            if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST) || !ID.matcher(parts[1]).matches()) {
                throw new InvalidPageTokenException(token);
            }
            return Optional.of(new PageToken(at, parts[1]));
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new InvalidPageTokenException(token);
        }
    }

    static int requireSize(int pageSize) {
        if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("page size must be 1 to " + MAX_PAGE_SIZE + ", was " + pageSize);
        }
        return pageSize;
    }

    /** Cuts {@code rows}, which hold one more than a page when there is another page. */
    static <T> Page<T> page(List<T> rows, int pageSize, Function<T, PageToken> position) {
        if (rows.size() <= pageSize) {
            return new Page<>(rows, Optional.empty());
        }
        var items = rows.subList(0, pageSize);
        return new Page<>(items, Optional.of(position.apply(items.getLast()).encode()));
    }

    String encode() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((createdAt + "/" + id).getBytes(StandardCharsets.UTF_8));
    }
}
