package io.novacron.zeroops.runtime.provider;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a provider is.
 *
 * @param url of the protocol's root, http or https, without a query: {@code https://fleet.example.net/zeroops}
 * @param tokenFile holds the bearer token, in one line; read anew for each connection problem that it may explain
 * @param connectTimeout after which an operation was certainly not sent
 * @param callTimeout until the whole of an answer is there, beyond what an await is held
 */
public record HttpProviderOptions(URI url, Optional<Path> tokenFile, Duration connectTimeout, Duration callTimeout) {
    public HttpProviderOptions {
        boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!isHttp || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException(
                    "provider url=" + url
                            + ": use http:// or https://, a host, and perhaps a port and a path, such as http://127.0.0.1:8090");
        }
        if (connectTimeout.isNegative()
                || connectTimeout.isZero()
                || callTimeout.isNegative()
                || callTimeout.isZero()) {
            throw new IllegalArgumentException("provider timeouts: use times above zero");
        }
    }

    URI at(String path) {
        String root = url.toString();
        return URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + path);
    }
}
