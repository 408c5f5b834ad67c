package io.novacron.zeroops.runtime.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/** An address that only this machine can reach: the one kind that is safe to serve without authentication. */
public record Loopback(String host) {
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern ALLOWED = Pattern.compile("localhost|::1|127(\\." + BYTE + "){3}");

    static Optional<Loopback> parse(String text) {
        return ALLOWED.matcher(text).matches() ? Optional.of(new Loopback(text)) : Optional.empty();
    }
}
