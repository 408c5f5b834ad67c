package io.novacron.zeroops.agents.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of one VM to tell whether it is idle.
 *
 * @param watchedSince empty before anything was heard of it
 * @param quietSince empty while it is active, or nothing was heard of it
 * @param longestEnded the longest quiet that lasted for {@link IdlePolicy#after} at least, and ended
 */
public record IdleWatch(Optional<Instant> watchedSince, Optional<Instant> quietSince, Duration longestEnded) {
    public static final IdleWatch NEW = new IdleWatch(Optional.empty(), Optional.empty(), Duration.ZERO);

    /** @param at when the step began in which it was so */
    public IdleWatch observe(Instant at, Activity activity, IdlePolicy policy) {
        Optional<Instant> watched = watchedSince.or(() -> Optional.of(at));
        if (policy.isQuiet(activity)) {
            return new IdleWatch(watched, quietSince.or(() -> Optional.of(at)), longestEnded);
        }
        Duration ended = quietFor(at);
        boolean isLonger = ended.compareTo(policy.after()) >= 0 && ended.compareTo(longestEnded) > 0;
        return new IdleWatch(watched, Optional.empty(), isLonger ? ended : longestEnded);
    }

    /** Nothing was heard for a while: silence is no idleness, so it is counted anew. */
    public IdleWatch interrupted() {
        return new IdleWatch(watchedSince, Optional.empty(), longestEnded);
    }

    public Duration quietFor(Instant now) {
        return quietSince.map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    }

    public boolean isIdle(Instant now, IdlePolicy policy) {
        boolean isKnown = watchedSince
                .map(since -> !now.isBefore(since.plus(policy.watch())))
                .orElse(false);
        return isKnown && quietSince.isPresent() && quietFor(now).compareTo(policy.patience(longestEnded)) >= 0;
    }
}
