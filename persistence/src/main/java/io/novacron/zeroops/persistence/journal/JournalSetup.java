package io.novacron.zeroops.persistence.journal;

import akka.actor.setup.Setup;

/** Brings the write path to the journal plugin, which Akka makes itself, in an actor system. */
public final class JournalSetup extends Setup {

    private final WritePath writePath;

    public JournalSetup(WritePath writePath) {

        this.writePath = writePath;
    }

    WritePath writePath() {
        return writePath;
    }
}
