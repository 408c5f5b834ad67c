package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.TypeName;

/** What the one who keeps the ledger of people's interventions is told. */
public sealed interface OversightCommand extends Command {

    /** A repeat for the same decision counts once. */
    @TypeName("oversight.RecordIntervention/1")
    record RecordIntervention(String decision, Intervention kind) implements OversightCommand {}

    /** Why a decision counts as one that people had a hand in. */
    enum Intervention {
        APPROVED,
        DECLINED,
        OVERRIDDEN,
        /** The machine could not finish it. */
        ESCALATED
    }
}
