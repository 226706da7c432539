package dev.engram.ui.run;

import dev.engram.ui.component.PageTrail;
import dev.engram.ui.format.Kind;
import dev.engram.ui.shell.UrlState;
import dev.engram.v1.ListRunsRequest;
import dev.engram.v1.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which runs the list shows, as its URL says it.
 *
 * @param state only runs in this state
 * @param kind only runs of this kind
 * @param page token of the page; empty for the first
 */
record RunFilter(Optional<Run.State> state, Optional<Kind> kind, String page) {
  static final int PAGE_SIZE = 50;

  static RunFilter of(UrlState url) {
    return new RunFilter(
        Arrays.stream(Run.State.values()).filter(state -> state.name().equals(url.get("state"))).findFirst(),
        Kind.named(url.get("kind")),
        PageTrail.of(url.get("page")).token());
  }

  ListRunsRequest request() {
    List<String> conditions = new ArrayList<>();
    state.ifPresent(value -> conditions.add("state = " + value.name()));
    kind.ifPresent(value -> conditions.add("kind = " + value.filter()));
    return ListRunsRequest.newBuilder().setPageSize(PAGE_SIZE).setPageToken(page)
        .setFilter(String.join(" AND ", conditions)).build();
  }
}
