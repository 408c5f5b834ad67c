package io.novacron.zeroops.agents.ops;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.safety.Mode;
import java.time.Instant;

/**
 * What people tell the operations centre. A person is an opaque id. A person's command is put to it at most once and never
 * retried by a machine: the person sees the state, and says it again if need be.
 */
public sealed interface OpsCommand extends Command {

    /** During an override: the mode that comes back after it. Refused as {@code person_missing}. */
    @TypeName("ops.SetMode/1")
    record SetMode(String person, Mode mode) implements OpsCommand {}

    /**
     * Emergency: pause automation until then. A second one may only prolong the first. Refused as {@code person_missing},
     * {@code mfa_required}, {@code justification_missing}, {@code justification_too_long}, {@code too_late}, or {@code
     * override_too_long} with {@link OpsAnswer.LatestUntil}.
     *
     * @param mfaVerified whether whoever took this from the person checked a second factor just now
     */
    @TypeName("ops.Override/1")
    record OverrideAutomation(String person, String justification, boolean mfaVerified, Instant until)
            implements OpsCommand {}

    /** The override is over, before its time. Refused as {@code person_missing}. */
    @TypeName("ops.Resume/1")
    record Resume(String person) implements OpsCommand {}

    @TypeName("ops.Settle/1")
    record Settle(String effectId, Outcome outcome) implements OpsCommand {}

    /** Look at the clock; does something only once a deadline has passed. */
    @TypeName("ops.Tick/1")
    record Tick() implements OpsCommand {}
}
