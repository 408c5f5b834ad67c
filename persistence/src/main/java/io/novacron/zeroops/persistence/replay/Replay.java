package io.novacron.zeroops.persistence.replay;

import java.time.Instant;
import java.util.List;

/**
 * What came of deciding again.
 *
 * @param skipped what could not be decided again, and why
 */
public record Replay(String decision, List<Step> steps, List<String> skipped) {
    public Replay {
        steps = List.copyOf(steps);
        skipped = List.copyOf(skipped);
    }

    /**
     * One thing that was decided.
     *
     * @param what in a few words, such as {@code vote of GOVERNOR}
     * @param journaled what was decided then, as JSON
     * @param replayed what is decided now from the same inputs, as JSON; or a reason in words why nothing is
     */
    public record Step(Instant at, String what, String journaled, String replayed) {
        public boolean isSame() {
            return journaled.equals(replayed);
        }
    }

    public boolean isSame() {
        return steps.stream().allMatch(Step::isSame);
    }
}
