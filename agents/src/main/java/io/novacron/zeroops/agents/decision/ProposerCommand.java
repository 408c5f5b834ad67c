package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.TypeName;

/** What whoever proposed something is told. */
public sealed interface ProposerCommand extends Command {

    /** @param constraint what bound: the stable name of a limit or reason; empty where nothing did */
    @TypeName("proposer.DecisionEnded/1")
    record DecisionEnded(String decision, Verdict verdict, String constraint, Change.Ended change)
            implements ProposerCommand {}
}
