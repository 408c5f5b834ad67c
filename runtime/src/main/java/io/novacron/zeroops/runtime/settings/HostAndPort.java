package io.novacron.zeroops.runtime.settings;

import java.util.Optional;

/** Where something listens. */
public record HostAndPort(String host, int port) {
    private static final int PORT_MAX = 65_535;

    static Optional<HostAndPort> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        return port < 1 || port > PORT_MAX
                ? Optional.empty()
                : HostName.parse(text.substring(0, colon)).map(name -> new HostAndPort(name.host(), port));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
