package dev.engram.metrics.result;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;

/** Page tokens that name a place in a listing and the listing they belong to, so that none goes on in another one. */
final class PageTokens {
    private static final String SEPARATOR = "/";

    private PageTokens() {}

    /** The token of the page that begins at {@code place} of {@code listing}. */
    static String of(int place, String listing) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((place + SEPARATOR + listing).getBytes(StandardCharsets.UTF_8));
    }

    /** Where a token goes on; empty if no page of this listing gave it out. The empty token begins at 0. */
    static OptionalInt place(String token, String listing) {
        if (token.isEmpty()) {
            return OptionalInt.of(0);
        }
        return decode(token)
                .filter(text -> text.endsWith(SEPARATOR + listing))
                .map(text -> text.substring(0, text.length() - listing.length() - 1))
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElse(OptionalInt.empty());
    }

    private static Optional<String> decode(String token) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
