package dev.engram.store.catalogue;

/** Text of anybody's that every database takes: PostgreSQL refuses a NUL and half a character, and both come with names of files and cut messages. */
final class Texts {
    private static final char UNKNOWN = '\uFFFD';

    private Texts() {}

    /** The text with U+FFFD for what is no character, cut between characters to at most {@code most} UTF-16 units. */
    static String storable(String text, int most) {
        StringBuilder whole = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            boolean character = point != 0 && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
            int next = character ? point : UNKNOWN;
            if (whole.length() + Character.charCount(next) > most) {
                break;
            }
            whole.appendCodePoint(next);
        }
        return whole.toString();
    }
}
