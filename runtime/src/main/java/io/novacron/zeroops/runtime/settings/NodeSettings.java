package io.novacron.zeroops.runtime.settings;

import java.nio.file.Path;

/** The process itself. */
public record NodeSettings(
        @Key(value = "8080", min = "0", max = "65535", says = "The TCP port of HTTP; 0 takes a free one.") int port,
        @Key(value = "127.0.0.1", says = "The address of HTTP. One that other machines reach needs allow_remote_http.")
                HostName bind,
        @Key(
                        value = "false",
                        says =
                                "Whether bind may be an address that other machines reach. There is no authentication yet: whoever can reach it can pause automation, and propose changes.")
                boolean allowRemoteHttp,
        @Key(value = "./data", says = "The directory of the journal, from where the node is started.") Path data,
        @Key(value = "text", says = "Whether the log is text for people or json for machines.") LogFormat logFormat)
        implements Consistent {

    @Override
    public void check(Complaints complaints) {
        if (!bind.isLoopback() && !allowRemoteHttp) {
            complaints.add(
                    bind.host()
                            + " can be reached from other machines, and there is no authentication yet: use 127.0.0.1, ::1 or"
                            + " localhost, or set node.allow_remote_http to true in a network that is protected otherwise",
                    "bind",
                    "allow_remote_http");
        }
    }
}
