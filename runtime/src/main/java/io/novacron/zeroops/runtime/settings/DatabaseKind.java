package io.novacron.zeroops.runtime.settings;

/** Where the journal is. */
public enum DatabaseKind {
    /** In a file of the data folder, for one node. */
    FOLDER,
    /** In a PostgreSQL database, which the nodes of a cluster share. */
    POSTGRESQL
}
