package io.novacron.zeroops.runtime.settings;

import java.time.Duration;

/** Who owns the machines, and how to reach them. */
public record ProviderSettings(
        @Key(
                        value = "simulated",
                        says =
                                "Whether the fleet is simulated in this process, or reached by the HTTP provider protocol (docs/provider-http.md).")
                ProviderKind kind,
        @Key(value = "http://127.0.0.1:8090", says = "With http: the root of the protocol, without a query.")
                HttpUrl url,
        @Key(value = "none", says = "With http: the file that holds the bearer token, in one line.")
                OptionalFile tokenFile,
        @Key(
                        value = "3s",
                        min = "1s",
                        max = "1m",
                        says = "With http: for a connection, after which an operation was certainly not sent.")
                Duration connectTimeout,
        @Key(
                        value = "10s",
                        min = "1s",
                        max = "5m",
                        says =
                                "With http: for an answer, after which its outcome is unknown; less than resources.call_patience.")
                Duration callTimeout) {}
