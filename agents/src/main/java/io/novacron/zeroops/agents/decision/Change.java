package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.TypeName;
import java.time.Instant;

/** How far the owner of a resource has come with an action. */
public sealed interface Change extends Answer {

    /** @param until the latest instant at which it will have ended */
    @TypeName("change.Running/1")
    record Running(Instant until) implements Change {}

    /**
     * @param level instances that the resource has now, as far as the owner knows
     * @param detail why it ended so, a stable code; empty if it went well
     */
    @TypeName("change.Ended/1")
    record Ended(End end, int level, String detail) implements Change {}

    /** How a change ended. */
    enum End {
        /** The post-condition holds. */
        VERIFIED,
        /** Some of it was reached, and is kept. */
        PARTIAL,
        /** It was put back as it was, and that was verified. */
        UNDONE,
        /** It took no effect, for certain. */
        NO_EFFECT,
        /** A person has to look: it could not be undone, or nobody knows. */
        ESCALATED
    }
}
