package io.novacron.zeroops.runtime.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where a PostgreSQL database is; never with a password, which has a file of its own. */
public record JdbcUrl(String url) {
    private static final Pattern ALLOWED = Pattern.compile("jdbc:postgresql:[\\x21-\\x7e]+");
    private static final Pattern SECRET = Pattern.compile("(?i)[?&]password=|//[^/@]*@");

    static Optional<JdbcUrl> parse(String text) {
        return ALLOWED.matcher(text).matches() && !SECRET.matcher(text).find()
                ? Optional.of(new JdbcUrl(text))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return url;
    }
}
