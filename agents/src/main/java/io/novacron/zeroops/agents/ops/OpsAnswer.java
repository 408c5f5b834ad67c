package io.novacron.zeroops.agents.ops;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.TypeName;
import java.time.Instant;

/** What the operations centre says beyond yes and no. */
public sealed interface OpsAnswer extends Answer {

    /** With the refusal {@code override_too_long}: the latest {@code until} that would have been taken. */
    @TypeName("ops.LatestUntil/1")
    record LatestUntil(Instant until) implements OpsAnswer {}
}
