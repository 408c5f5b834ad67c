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

    /**
     * Whether it has been quiet for as long as it must be. A quiet that began while its rhythm was not known yet may be a part of it, such as
     * the first weekend: that one must last for as long as the rhythm takes to be known.
     */
    public boolean isIdle(Instant now, IdlePolicy policy) {
        if (watchedSince.isEmpty() || quietSince.isEmpty()) {
            return false;
        }
        Instant known = watchedSince.get().plus(policy.watch());
        Duration patience = policy.patience(longestEnded);
        boolean isPartOfRhythm =
                quietSince.get().isBefore(known) && policy.watch().compareTo(patience) > 0;
        return !now.isBefore(known) && quietFor(now).compareTo(isPartOfRhythm ? policy.watch() : patience) >= 0;
    }
}
