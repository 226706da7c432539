package dev.engram.ui.component;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The way to a page of a listing. A service tells only the token of the next page, so the tokens of the pages before are kept,
 * in one value of the URL; thus every page can be linked to and left in both directions.
 *
 * @param tokens of the second page to the one that is shown; empty on the first
 */
public record PageTrail(List<String> tokens) {
  /** Pages that are remembered; from further ahead one steps back this far, or to the first. */
  static final int MOST = 40;

  public PageTrail {
    tokens = List.copyOf(tokens);
  }

  /** Reads what {@link #value} wrote; a lone token is a trail, too. */
  public static PageTrail of(String value) {
    return new PageTrail(value.isEmpty() ? List.of() : Arrays.stream(value.split("\\.")).filter(token -> !token.isEmpty())
        .map(token -> URLDecoder.decode(token.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), StandardCharsets.UTF_8)).toList());
  }

  /** Token of the page that is shown; empty for the first. */
  public String token() {
    return tokens.isEmpty() ? "" : tokens.getLast();
  }

  /** The trail to the page of this token, one further on. */
  public PageTrail next(String token) {
    List<String> longer = new ArrayList<>(tokens.subList(Math.max(0, tokens.size() + 1 - MOST), tokens.size()));
    longer.add(token);
    return new PageTrail(longer);
  }

  /** The trail to the page before; the first page's own before the first. */
  public PageTrail back() {
    return new PageTrail(tokens.subList(0, Math.max(0, tokens.size() - 1)));
  }

  /** As the URL has it; empty for the first page. */
  public String value() {
    return String.join(".", tokens.stream()
        .map(token -> URLEncoder.encode(token, StandardCharsets.UTF_8).replace(".", "%2E")).toList());
  }
}
