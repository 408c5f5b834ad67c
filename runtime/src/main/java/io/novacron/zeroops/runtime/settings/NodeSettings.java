package io.novacron.zeroops.runtime.settings;

import java.nio.file.Path;

/** The process itself. */
public record NodeSettings(
        @Key(value = "8080", min = "0", max = "65535", says = "The TCP port of HTTP; 0 takes a free one.") int port,
        @Key(
                        value = "127.0.0.1",
                        says =
                                "The address of HTTP. Only those of this machine are allowed: there is no authentication yet.")
                Loopback bind,
        @Key(value = "./data", says = "The directory of the journal, from where the node is started.") Path data,
        @Key(value = "text", says = "Whether the log is text for people or json for machines.") LogFormat logFormat) {}
