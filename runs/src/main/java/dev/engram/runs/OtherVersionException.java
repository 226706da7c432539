package dev.engram.runs;

import java.util.Objects;
import java.util.Optional;

/** What another version of Engram wrote and this one cannot read. Its bytes are what was written; only this version has no use for them. */
public final class OtherVersionException extends RuntimeException {

    /**
     * @param what for a person: {@code the result of runs/x}
     * @param version that wrote it, if it is known
     * @param remedy what the person can do, as an imperative
     */
    public OtherVersionException(String what, Optional<String> version, String remedy, Throwable cause) {
        super(sentence(what, version, remedy), cause);
    }

    /** Of what a finished run has made. */
    public static OtherVersionException ofResult(String run, Optional<String> version, Throwable cause) {
        return new OtherVersionException("the result of " + run, version, "make it again", cause);
    }

    private static String sentence(String what, Optional<String> version, String remedy) {
        Objects.requireNonNull(remedy, "remedy");
        return "%s was made by another version of Engram%s, which this one (%s) cannot read: %s".formatted(
                what, version.filter(known -> !known.equals(EngramVersion.current())).map(known -> " (" + known + ")").orElse(""), EngramVersion.current(), remedy);
    }
}
