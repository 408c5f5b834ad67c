package io.novacron.zeroops.http.routes;

import java.util.regex.Pattern;

/** Ids and addresses from outside: {@code scaler/web/17}, {@code workload/web}. */
final class Ids {
    static final int LENGTH_MAX = 256;

    private static final Pattern PARTS =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@+-]*(/[A-Za-z0-9_][A-Za-z0-9_.:@+-]*)*");

    private Ids() {}

    static String checked(String field, String value) {
        if (value.length() > LENGTH_MAX || !PARTS.matcher(value).matches()) {
            throw RequestException.invalid(
                    field,
                    value,
                    "use letters, digits and _.:@+- in parts joined by /, at most " + LENGTH_MAX
                            + " characters, such as workload/web");
        }
        return value;
    }
}
