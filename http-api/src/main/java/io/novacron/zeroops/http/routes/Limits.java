package io.novacron.zeroops.http.routes;

import akka.http.javadsl.settings.ParserSettings;
import akka.http.javadsl.settings.ServerSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import scala.concurrent.duration.FiniteDuration;

/** What bounds a client. */
final class Limits {
    static final int BODY_BYTES_MAX = 64 * 1024;
    static final int URI_CHARS_MAX = 4096;
    static final int HEADER_BYTES_MAX = 8 * 1024;
    static final int HEADERS_MAX = 64;
    static final int CONNECTIONS_MAX = 512;

    /** Until an answer begins. */
    static final Duration REQUEST = Duration.ofSeconds(15);

    static final Duration BODY = Duration.ofSeconds(5);

    /** On a connection on which nothing moves, in either direction. */
    static final Duration IDLE = Duration.ofSeconds(60);

    private Limits() {}

    static ServerSettings settings(ServerSettings base, Duration request) {
        ParserSettings parser = base.getParserSettings()
                .withMaxUriLength(URI_CHARS_MAX)
                .withMaxHeaderValueLength(HEADER_BYTES_MAX)
                .withMaxHeaderCount(HEADERS_MAX)
                .withMaxContentLength(BODY_BYTES_MAX)
                .withIllegalHeaderWarnings(false);
        return base.withParserSettings(parser)
                .withParsingErrorHandler(ParsingProblems.class.getName())
                .withMaxConnections(CONNECTIONS_MAX)
                .withServerHeader(Optional.empty())
                .withTransparentHeadRequests(true)
                .withTimeouts(
                        base.getTimeouts().withRequestTimeout(scala(request)).withIdleTimeout(scala(IDLE)));
    }

    static FiniteDuration scala(Duration duration) {
        return FiniteDuration.apply(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
