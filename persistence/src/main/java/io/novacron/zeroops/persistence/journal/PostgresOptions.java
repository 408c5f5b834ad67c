package io.novacron.zeroops.persistence.journal;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL database is, and how a node uses it.
 *
 * @param url {@code jdbc:postgresql://host:port/database}; several hosts for a server with standbys; no user and no password
 * @param user the application's role, which may not change the journal; see {@link PostgresSchema}
 * @param poolMax connections of the node at once, without those few by which Akka's plugin reads
 * @param patience after which a server that does not answer counts as gone: a statement, a lock, or what a paused node left
 *     half done. A takeover of a shard waits so long at most; see {@link ShardEpochs}
 */
public record PostgresOptions(String url, String user, String password, int poolMax, Duration patience) {
    public static final int POOL_MIN = 4; // a writer, the views', and two for questions
    public static final int POOL_MAX = 100;
    public static final int POOL_DEFAULT = 10;
    public static final Duration PATIENCE_MIN = Duration.ofSeconds(1);
    public static final Duration PATIENCE_MAX = Duration.ofMinutes(5);
    public static final Duration PATIENCE_DEFAULT = Duration.ofSeconds(10);

    private static final String PREFIX = "jdbc:postgresql:";
    private static final Pattern SECRET = Pattern.compile("(?i)[?&](user|password)=|//[^/?]*@");

    public PostgresOptions {
        if (!url.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "url='" + withoutSecrets(url) + "': use " + PREFIX + "//host:port/database");
        } else if (SECRET.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "url='" + withoutSecrets(url) + "': give user and password by themselves, not in the url");
        } else if (user.isBlank()) {
            throw new IllegalArgumentException("user='" + user + "': give the role of the application");
        } else if (poolMax < POOL_MIN || poolMax > POOL_MAX) {
            throw new IllegalArgumentException("poolMax=" + poolMax + ": use " + POOL_MIN + " to " + POOL_MAX);
        } else if (patience.compareTo(PATIENCE_MIN) < 0 || patience.compareTo(PATIENCE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "patience=" + patience + ": use " + PATIENCE_MIN + " to " + PATIENCE_MAX);
        }
    }

    public static PostgresOptions of(String url, String user, String password) {
        return new PostgresOptions(url, user, password, POOL_DEFAULT, PATIENCE_DEFAULT);
    }

    /** The URL with what makes each connection notice that its server is gone, and the server that its client is. */
    String fullUrl() {
        long server = patience.toMillis();
        long client = patience.multipliedBy(2).toSeconds(); // the server gives up before, and says why
        return String.format(
                Locale.ROOT,
                "%s%sApplicationName=zeroops&connectTimeout=%d&loginTimeout=%d&socketTimeout=%d&tcpKeepAlive=true"
                        + "&options=-c%%20statement_timeout=%d%%20-c%%20lock_timeout=%d"
                        + "%%20-c%%20idle_in_transaction_session_timeout=%d%%20-c%%20tcp_keepalives_idle=5"
                        + "%%20-c%%20tcp_keepalives_interval=5%%20-c%%20tcp_keepalives_count=3",
                url,
                url.contains("?") ? "&" : "?",
                patience.toSeconds(),
                patience.toSeconds(),
                client,
                server,
                server,
                server);
    }

    /** What stands in a URL in the place of a secret is not repeated in a message. */
    static String withoutSecrets(String url) {
        return url.replaceAll("(?i)([?&]password=)[^&]*", "$1...").replaceAll("//[^/?@]*@", "//...@");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "PostgresOptions[" + url + ", " + user + ", poolMax=" + poolMax + ", patience=" + patience + "]";
    }
}
