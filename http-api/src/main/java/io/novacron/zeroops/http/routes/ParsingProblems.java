package io.novacron.zeroops.http.routes;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;

/**
 * Answers what is no HTTP request that any route could see. Akka HTTP finds it by its name, and takes the instance that
 * the field holds under the name that Scala gives to that of an object.
 */
public final class ParsingProblems extends ParsingErrorHandler {
    public static final ParsingProblems MODULE$ = new ParsingProblems();

    private ParsingProblems() {}

    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
        return Responses.problem(Problems.ofStatus(status.intValue(), error.summary()));
    }
}
