package io.novacron.zeroops.http.routes;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.util.ByteString;
import io.novacron.zeroops.http.json.Json;
import io.novacron.zeroops.http.json.Problem;
import java.util.List;

/** Answers of every kind, each with the headers that keep a browser from making more of it than it is. */
final class Responses {
    private static final List<HttpHeader> SAFE = List.of(
            RawHeader.create(
                    "Content-Security-Policy",
                    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("Referrer-Policy", "no-referrer"));

    /** What is true now is not true for long. */
    private static final HttpHeader UNCACHED = RawHeader.create("Cache-Control", "no-store");

    private static final ContentType PROBLEM = MediaTypes.applicationWithFixedCharset(
                    "problem+json", akka.http.javadsl.model.HttpCharsets.UTF_8)
            .toContentType();

    private Responses() {}

    static HttpResponse json(Object value) {
        return json(200, value);
    }

    static HttpResponse json(int status, Object value) {
        return live(HttpResponse.create()
                .withStatus(status)
                .withEntity(ContentTypes.APPLICATION_JSON, ByteString.fromString(Json.write(value))));
    }

    static HttpResponse problem(Problem problem) {
        return problem(problem, List.of());
    }

    static HttpResponse problem(Problem problem, Iterable<HttpHeader> headers) {
        return live(HttpResponse.create()
                .withStatus(problem.status())
                .addHeaders(headers)
                .withEntity(HttpEntities.create(PROBLEM, ByteString.fromString(Json.write(problem)))));
    }

    /** Of something that changes. */
    static HttpResponse live(HttpResponse response) {
        return safe(response).addHeader(UNCACHED);
    }

    static HttpResponse safe(HttpResponse response) {
        return response.addHeaders(SAFE);
    }
}
