package io.novacron.zeroops.agents.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of one VM to tell whether it is idle.
 *
 * @param quietSince empty while it is active, or nothing was heard of it
 * @param longestEnded the longest quiet that lasted for {@link IdlePolicy#after} at least, and ended
 */
public record IdleWatch(Optional<Instant> quietSince, Duration longestEnded) {
    public static final IdleWatch NEW = new IdleWatch(Optional.empty(), Duration.ZERO);

    /** @param at when the step began in which it was so */
    public IdleWatch observe(Instant at, Activity activity, IdlePolicy policy) {
        if (policy.isQuiet(activity)) {
            return quietSince.isPresent() ? this : new IdleWatch(Optional.of(at), longestEnded);
        } else if (quietSince.isEmpty()) {
            return this;
        }
        Duration ended = quietFor(at);
        boolean isLonger = ended.compareTo(policy.after()) >= 0 && ended.compareTo(longestEnded) > 0;
        return new IdleWatch(Optional.empty(), isLonger ? ended : longestEnded);
    }

    /** Nothing was heard for a while: silence is no idleness, so it is counted anew. */
    public IdleWatch interrupted() {
        return new IdleWatch(Optional.empty(), longestEnded);
    }

    public Duration quietFor(Instant now) {
        return quietSince.map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    }

    public boolean isIdle(Instant now, IdlePolicy policy) {
        return quietSince.isPresent() && quietFor(now).compareTo(policy.patience(longestEnded)) >= 0;
    }
}
