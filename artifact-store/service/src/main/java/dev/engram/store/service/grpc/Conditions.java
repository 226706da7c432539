package dev.engram.store.service.grpc;

import dev.engram.runs.grpc.FieldViolations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code filter} of a list request: {@code field = value} conditions joined by AND (the part of AIP-160 that lists here need). */
final class Conditions {

    private static final Pattern CONDITION = Pattern.compile("\\s*([a-z_]+)\\s*=\\s*(?:\"([^\"\\p{Cntrl}]*)\"|([^\\s\"\\p{Cntrl}]+))\\s*");

    private Conditions() {}

    /** Values by field; adds a violation for whatever is not understood. */
    static Map<String, String> parse(String filter, Set<String> fields, FieldViolations violations) {
        Map<String, String> conditions = new LinkedHashMap<>();
        if (filter.isBlank()) {
            return conditions;
        }
        for (String part : filter.split("(?<=\\s)AND(?=\\s)")) {
            Matcher matcher = CONDITION.matcher(part);
            if (!matcher.matches()) {
                violations.add("filter", "must be conditions such as 'state = RUNNING' joined by AND; not understood: '" + part.strip() + "'");
                continue;
            }
            String field = matcher.group(1);
            if (!fields.contains(field)) {
                violations.add("filter", "knows " + String.join(", ", fields.stream().sorted().toList()) + ", not '" + field + "'");
                continue;
            }
            if (conditions.put(field, matcher.group(2) == null ? matcher.group(3) : matcher.group(2)) != null) {
                violations.add("filter", "has two conditions on " + field);
            }
        }
        return conditions;
    }
}
