package dev.engram.ui.checkpoint;

import dev.engram.ui.shell.UrlState;
import dev.engram.v1.CheckpointReading;
import dev.engram.v1.CheckpointSource;
import dev.engram.v1.InspectCheckpointRequest;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the import page is about, as its URL says it: which file, how it is read, which network it is held against.
 *
 * @param url {@code upload}, {@code object} or {@code path} name the file; {@code prefix}, {@code projector}, {@code container}, {@code foreign},
 *     {@code network}, {@code side} and {@code option.…} say how it is read
 */
record ImportState(UrlState url) {
  static final String OPTION = "option.";
  /** Value of {@code prefix} that means that there is none; an absent one means that it is found. */
  static final String NO_PREFIX = "none";

  /** Whether a file is named. */
  boolean named() {
    return source().getSourceCase() != CheckpointSource.SourceCase.SOURCE_NOT_SET;
  }

  CheckpointSource source() {
    CheckpointSource.Builder source = CheckpointSource.newBuilder();
    if (!url.get("upload").isEmpty()) {
      source.setUpload(url.get("upload"));
    } else if (!url.get("object").isEmpty()) {
      source.setObject(url.get("object"));
    } else if (!url.get("path").isEmpty()) {
      source.setPath(url.get("path"));
    }
    return source.build();
  }

  CheckpointReading reading() {
    CheckpointReading.Builder reading = CheckpointReading.newBuilder().setProjectorPrefix(url.get("projector"))
        .setContainer(url.get("container")).setIgnoreForeign(url.get("foreign").equals("skip"));
    if (!url.get("prefix").isEmpty()) {
      reading.setPrefix(url.get("prefix").equals(NO_PREFIX) ? "" : url.get("prefix"));
    }
    return reading.build();
  }

  Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    url.values().forEach((name, value) -> {
      if (name.startsWith(OPTION)) {
        options.put(name.substring(OPTION.length()), value);
      }
    });
    return options;
  }

  InspectCheckpointRequest inspection() {
    return InspectCheckpointRequest.newBuilder().setSource(source()).setReading(reading()).setNetwork(url.get("network"))
        .putAllNetworkOptions(options()).setSide(url.number("side").orElse(0)).build();
  }

  /** The same reading of another file. */
  UrlState withSource(String kind, String value, String file) {
    return url.without("upload", "object", "path", "file").with(kind, value).with("file", file);
  }

  /** The same file held against another network. */
  UrlState withNetwork(String network, Map<String, String> options, int side) {
    UrlState other = url.with("network", network).with("side", side == 0 ? "" : String.valueOf(side));
    for (String name : options().keySet()) {
      other = other.without(OPTION + name);
    }
    for (Map.Entry<String, String> option : options.entrySet()) {
      other = other.with(OPTION + option.getKey(), option.getValue());
    }
    return other;
  }
}
