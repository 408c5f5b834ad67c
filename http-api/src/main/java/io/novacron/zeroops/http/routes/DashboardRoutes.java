package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEndOrSingleSlash;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.reject;
import static akka.http.javadsl.server.PathMatchers.segments;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Location;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import akka.util.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The page and its parts: a fixed list of files, read once, so that no path reaches anything else. */
final class DashboardRoutes {
    private static final List<String> FILES = List.of(
            "index.html",
            "dashboard.css",
            "icon.svg",
            "dashboard.js",
            "api.js",
            "dom.js",
            "format.js",
            "status.js",
            "fleet.js",
            "chart.js",
            "decisions.js",
            "decision-details.js",
            "budgets.js");

    private static final List<String> LIBRARY = List.of("uPlot.esm.js", "uPlot.min.css");

    private static final String UPLOT = "org.webjars.npm/uplot";

    private final Map<String, File> files = new TreeMap<>();

    /** @param tag changes with the content, so that a browser that has it need not fetch it again */
    private record File(ContentType type, ByteString content, String tag) {}

    DashboardRoutes() {
        FILES.forEach(name -> files.put(name, file(name, resource("/dashboard/" + name))));
        String dist = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
        LIBRARY.forEach(name -> files.put("lib/" + name, file(name, resource(dist + name))));
    }

    Route route() {
        return concat(
                pathEndOrSingleSlash(() -> get(() -> complete(Responses.live(HttpResponse.create()
                        .withStatus(StatusCodes.FOUND)
                        .addHeader(Location.create("/zeroops/dashboard")))))),
                pathPrefix(
                        "zeroops",
                        () -> pathPrefix(
                                "dashboard",
                                () -> concat(
                                        pathEndOrSingleSlash(() ->
                                                get(() -> extractRequest(request -> file(request, "index.html")))),
                                        path(segments(), parts -> {
                                            String name = String.join("/", parts);
                                            return files.containsKey(name)
                                                    ? get(() -> extractRequest(request -> file(request, name)))
                                                    : reject();
                                        })))));
    }

    private Route file(HttpRequest request, String name) {
        File file = files.get(name);
        if (file == null) {
            return reject();
        }
        HttpHeader tag = RawHeader.create("ETag", file.tag());
        HttpHeader ask = RawHeader.create("Cache-Control", "no-cache");
        boolean isKnown = request.getHeader("If-None-Match")
                .filter(known -> known.value().contains(file.tag()))
                .isPresent();
        HttpResponse response = isKnown
                ? HttpResponse.create().withStatus(StatusCodes.NOT_MODIFIED)
                : HttpResponse.create().withEntity(HttpEntities.create(file.type(), file.content()));
        return complete(Responses.safe(response).addHeader(tag).addHeader(ask));
    }

    private static File file(String name, byte[] content) {
        return new File(type(name), ByteString.fromArray(content), "\"" + hash(content) + "\"");
    }

    private static ContentType type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> MediaTypes.TEXT_HTML.toContentType(HttpCharsets.UTF_8);
            case "css" -> MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8);
            case "js" -> MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8);
            case "svg" -> MediaTypes.IMAGE_SVG_XML.toContentType();
            default -> throw new IllegalArgumentException(name + " has no known type");
        };
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static String uplotVersion() {
        var properties = new Properties();
        try (InputStream in = open("/META-INF/maven/" + UPLOT + "/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static byte[] resource(String path) {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) {
        InputStream in = DashboardRoutes.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException(path + " is missing from the class path; build anew");
        }
        return in;
    }
}
