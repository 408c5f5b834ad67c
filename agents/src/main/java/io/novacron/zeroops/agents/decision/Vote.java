package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.TypeName;

/** A reviewer's answer to {@link ReviewCommand.Hold}. Whoever accepts or counters holds what it promised. */
public sealed interface Vote extends Answer {

    @TypeName("vote.Accept/1")
    record Accept() implements Vote {}

    /**
     * "Six instead of ten": the reviewer holds this much; the decision goes on with it or ends the hold.
     *
     * @param constraint the stable name of the limit that binds, such as {@code max_scale_up_percent}
     * @param detail the limit and the figures it met, for people
     */
    @TypeName("vote.Counter/1")
    record Counter(int to, String constraint, String detail) implements Vote {}

    /** Nothing is held. */
    @TypeName("vote.Reject/1")
    record Reject(String constraint, String detail) implements Vote {}

    Vote ACCEPT = new Accept();
}
