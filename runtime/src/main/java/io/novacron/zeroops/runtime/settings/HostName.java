package io.novacron.zeroops.runtime.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/** A machine on the network, by its name or its address. */
public record HostName(String host) {
    private static final Pattern ALLOWED =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,39}");
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|::1|127(\\." + BYTE + "){3}");

    static Optional<HostName> parse(String text) {
        return ALLOWED.matcher(text).matches() ? Optional.of(new HostName(text)) : Optional.empty();
    }

    /** Whether only this machine can reach it: the one kind that is safe to serve without authentication. */
    public boolean isLoopback() {
        return LOOPBACK.matcher(host).matches();
    }
}
