package dev.engram.encoders.data;

import dev.engram.encoders.file.CorruptFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table with a header, as RFC 4180 has it: commas, fields in double quotes if need be, one record a line. Held whole. */
final class CsvTable {
    /**
     * A record.
     *
     * @param line where it begins in the file, from 1
     * @param values by the header's names
     */
    record Row(int line, Map<String, String> values) {
        String get(String column) {
            return values.get(column);
        }
    }

    private final List<String> columns;
    private final List<Row> rows = new ArrayList<>();

    private CsvTable(List<String> columns) {
        this.columns = columns;
    }

    /**
     * @param file used in errors
     * @param required columns that must be there
     * @throws CorruptFileException naming the byte where a line has another number of fields, a quote is not closed, or a column is missing
     */
    static CsvTable parse(String file, String text, List<String> required) throws CorruptFileException {
        CsvTable table = null;
        int line = 1;
        for (int at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length(); ) {
            List<String> fields = new ArrayList<>();
            int end = record(file, text, at, fields);
            if (table == null) {
                table = new CsvTable(fields.stream().map(String::strip).toList());
            } else if (fields.size() != 1 || !fields.getFirst().isEmpty()) {
                table.add(file, at, line, fields);
            }
            line += (int) text.substring(at, end).chars().filter(c -> c == '\n').count();
            at = end;
        }
        for (String column : required) {
            if (table == null || !table.columns.contains(column)) {
                throw new CorruptFileException(
                        file, 0, "has no column \"%s\", only %s".formatted(column, table == null ? List.of() : table.columns));
            }
        }
        return table;
    }

    List<Row> rows() {
        return rows;
    }

    private void add(String file, int at, int line, List<String> fields) throws CorruptFileException {
        if (fields.size() != columns.size()) {
            throw new CorruptFileException(
                    file, at, "line %d has %d fields, the header %d".formatted(line, fields.size(), columns.size()));
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            values.put(columns.get(i), fields.get(i).strip());
        }
        rows.add(new Row(line, values));
    }

    /** Reads the fields of the record at {@code at}; answers where the next begins. */
    private static int record(String file, String text, int at, List<String> fields) throws CorruptFileException {
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && field.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '\n') {
                fields.add(withoutReturn(field));
                return i + 1;
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new CorruptFileException(file, at, "a quote is not closed");
        }
        fields.add(withoutReturn(field));
        return text.length();
    }

    private static String withoutReturn(StringBuilder field) {
        int length = field.length();
        return length > 0 && field.charAt(length - 1) == '\r' ? field.substring(0, length - 1) : field.toString();
    }
}
