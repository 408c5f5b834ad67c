package io.novacron.zeroops.runtime.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The root of a service over HTTP: no query, and never with a password. */
public record HttpUrl(URI url) {

    static Optional<HttpUrl> parse(String text) {
        try {
            var url = new URI(text);
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean isPlain = url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
            return isHttp && isPlain && url.getHost() != null ? Optional.of(new HttpUrl(url)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
