package dev.engram.encoders.data;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The records of a pax header (POSIX.1-2001): each "length key=value" and a line feed, the length counting all of it. */
final class PaxHeader {
    private PaxHeader() {}

    /** The file name it gives, if it gives one; what is misshapen ends the search. */
    static Optional<String> path(byte[] records) {
        for (int at = 0; at < records.length; ) {
            int length = 0;
            int digit = at;
            while (digit < records.length && records[digit] >= '0' && records[digit] <= '9' && length < records.length) {
                length = length * 10 + records[digit++] - '0';
            }
            if (digit == at || length <= digit - at + 1 || length > records.length - at || records[digit] != ' ') {
                return Optional.empty();
            }
            String record = new String(records, digit + 1, at + length - digit - 2, StandardCharsets.UTF_8);
            if (record.startsWith("path=")) {
                return Optional.of(record.substring("path=".length()));
            }
            at += length;
        }
        return Optional.empty();
    }
}
