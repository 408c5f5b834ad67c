package io.novacron.zeroops.http.fault;

import io.novacron.zeroops.persistence.journal.PostgresSchema;

/** Makes the tables, from a host that sees the database. */
final class Migrate {
    private Migrate() {}

    public static void main(String[] arguments) {
        PostgresSchema.migrate(arguments[0], arguments[1], arguments[2], arguments[3]);
    }
}
