package io.novacron.zeroops.persistence.journal;

import akka.actor.setup.Setup;

/** Brings the write path to the journal plugin, which Akka makes itself, in an actor system. */
public final class JournalSetup extends Setup {
    private final JournalDatabase database;
    private final WritePath writePath;

    public JournalSetup(JournalDatabase database, WritePath writePath) {
        this.database = database;
        this.writePath = writePath;
    }

    JournalDatabase database() {
        return database;
    }

    WritePath writePath() {
        return writePath;
    }
}
