package io.novacron.zeroops.runtime.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/** Of a metric or of a label, as Prometheus spells them. */
public record PrometheusName(String text) {
    static final int LENGTH_MAX = 128;

    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]{0," + (LENGTH_MAX - 1) + "}");

    static Optional<PrometheusName> parse(String text) {
        return ALLOWED.matcher(text).matches() ? Optional.of(new PrometheusName(text)) : Optional.empty();
    }
}
