package io.novacron.zeroops.http.routes;

import akka.http.javadsl.model.HttpRequest;
import akka.japi.Pair;
import io.novacron.zeroops.agents.decision.Verdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands behind the question mark; whatever is wrong with it is refused with its name, its value and the remedy. */
final class QueryParameters {
    private final Map<String, String> values = new HashMap<>();

    /** @param known names; any other is refused, since a misspelt filter would answer another question than was asked */
    QueryParameters(HttpRequest request, List<String> known) {
        for (Pair<String, String> parameter : request.getUri().query().toList()) {
            String name = parameter.first();
            String value = parameter.second();
            if (!known.contains(name)) {
                throw RequestException.invalid(name, value, "unknown parameter; " + alternatives(known));
            } else if (values.put(name, value) != null) {
                throw RequestException.invalid(name, value, "given more than once; give it once");
            }
        }
    }

    /** Where none is known. */
    static void none(HttpRequest request) {
        var unused = new QueryParameters(request, List.of());
    }

    private static String alternatives(List<String> known) {
        return known.isEmpty() ? "there is none here" : "use " + String.join(", ", known);
    }

    int limit(int otherwise, int max) {
        return (int) wholeNumber("limit", 1, max).orElse((long) otherwise).longValue();
    }

    Optional<Long> wholeNumber(String name, long min, long max) {
        return text(name).map(value -> {
            try {
                long number = Long.parseLong(value);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // refused below, as one that is out of range
            }
            throw RequestException.invalid(name, value, "use a whole number from " + min + " to " + max);
        });
    }

    Optional<Instant> instant(String name) {
        return text(name).map(value -> {
            try {
                return Instant.parse(value);
            } catch (DateTimeException e) {
                throw RequestException.invalid(name, value, "use an instant such as 2026-01-05T12:00:00Z");
            }
        });
    }

    Optional<Verdict> verdict() {
        return text("verdict").map(value -> Arrays.stream(Verdict.values())
                .filter(verdict -> lowerCase(verdict).equals(value))
                .findFirst()
                .orElseThrow(() -> RequestException.invalid(
                        "verdict",
                        value,
                        "use "
                                + Arrays.stream(Verdict.values())
                                        .map(QueryParameters::lowerCase)
                                        .collect(Collectors.joining(", ")))));
    }

    private static String lowerCase(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    /** An address such as {@code workload/web}, or a stable code such as {@code load_above_capacity}. */
    Optional<String> address(String name) {
        return text(name).map(value -> Ids.checked(name, value));
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
