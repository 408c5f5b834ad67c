package io.novacron.zeroops.http.routes;

import java.net.BindException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The server cannot start; the message says what to do, and is all that people need to see. */
public final class ServerStartException extends RuntimeException {

    ServerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static ServerStartException of(String host, int port, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
                if (reason.contains("in use")) {
                    return new ServerStartException("port " + port + " is in use; choose another with --port", failure);
                } else if (reason.contains("denied")) {
                    return new ServerStartException(
                            "port " + port + " may not be used by this user; choose one above 1023 with --port",
                            failure);
                }
            }
        }
        return new ServerStartException(
                "cannot listen on " + host + ":" + port + " (" + failure.getMessage() + ")", failure);
    }
}
