package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.extractRequest;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.Host;
import akka.http.javadsl.server.Route;
import io.novacron.zeroops.http.json.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Refuses what a page of another origin makes a browser send here. Such a page can have its own name resolve to the
 * loopback address: then {@code Host} is that name. It can also send a request, though not read the answer: then {@code
 * Origin} is another.
 */
final class SameOrigin {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1", "[::1]");

    private SameOrigin() {}

    /** @param remote whether other machines may ask, which know this one by names that it does not */
    static Route guarded(boolean remote, Supplier<Route> inner) {
        return extractRequest(request -> refusal(request, remote)
                .map(detail -> complete(Responses.problem(Problem.of(403, "cross-origin", detail))))
                .orElseGet(inner));
    }

    private static Optional<String> refusal(HttpRequest request, boolean remote) {
        Optional<Host> host = request.getHeader(Host.class);
        String name = host.map(h -> h.host().address().toLowerCase(Locale.ROOT)).orElse("");
        if (!remote && !LOOPBACK.contains(name)) {
            return Optional.of("Host: only localhost, 127.0.0.1 and [::1] are served");
        }
        String own = "http://" + host.map(HttpHeader::value).orElse("");
        Optional<String> origin = request.getHeader("Origin").map(HttpHeader::value);
        return origin.filter(other -> !other.equalsIgnoreCase(own))
                .map(other -> "Origin: only pages of this server may ask");
    }
}
