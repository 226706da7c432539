package dev.engram.encoders.engine;

/** Collects the body of a program line by line; each value gets a fresh name. Not safe for several threads. */
public final class ProgramText {
    private final StringBuilder lines = new StringBuilder();
    private int values;

    /**
     * Appends {@code vN = expression} and returns the name {@code vN}.
     *
     * @param expression format string as in {@link String#formatted}, for the names it uses
     */
    public String let(String expression, Object... names) {
        String name = "v" + values++;
        line("%s = %s", name, expression.formatted(names));
        return name;
    }

    /** Appends one statement. */
    public void line(String statement, Object... names) {
        lines.append("  ").append(statement.formatted(names)).append('\n');
    }

    /**
     * The program: a {@code forward} with these arguments and this body.
     *
     * @param arguments typed, without {@code self}: {@code "x: Tensor, p: List[Tensor]"}
     * @param resultType {@code "Tensor"}, {@code "Tuple[Tensor, List[Tensor]]"} …
     * @param result expression that is returned
     */
    public String forward(String arguments, String resultType, String result) {
        return method("forward", arguments, resultType, result);
    }

    /** The same under another name; a program may hold several methods, which call each other as {@code (self).name(…)}. */
    public String method(String name, String arguments, String resultType, String result) {
        return "def " + name + "(self, " + arguments + ") -> " + resultType + ":\n" + lines + "  return " + result + "\n";
    }
}
