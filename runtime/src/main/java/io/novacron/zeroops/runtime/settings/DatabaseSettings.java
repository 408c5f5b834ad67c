package io.novacron.zeroops.runtime.settings;

/** Where the journal is. */
public record DatabaseSettings(
        @Key(
                        value = "folder",
                        says =
                                "Whether the journal is in the data folder, for one node, or in PostgreSQL, for a cluster too.")
                DatabaseKind kind,
        @Key(
                        value = "jdbc:postgresql://127.0.0.1:5432/zeroops",
                        says = "Where PostgreSQL is, without a password. For TLS add ?sslmode=verify-full.")
                JdbcUrl url,
        @Key(value = "zeroops_node", says = "The role under which a node works: not the tables' owner.") String user,
        @Key(value = "none", says = "The file that holds that role's password, and nothing else.")
                OptionalFile passwordFile,
        @Key(value = "10", min = "4", max = "100", says = "Connections of one node at most, beside its journal's own.")
                int connectionsMax) {}
