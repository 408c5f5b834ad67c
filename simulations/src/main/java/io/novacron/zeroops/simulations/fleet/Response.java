package io.novacron.zeroops.simulations.fleet;

import org.jspecify.annotations.Nullable;

/** How soon a policy answered the load's need: when it first decided to grow, and until when capacity was short. */
final class Response {
    private static final long NEVER = -1;

    private @Nullable Need need;
    private long decisions;
    private boolean grewEarly;
    private long firstGrowthMillis = NEVER;
    private boolean isShort;
    private long shortSinceMillis;
    private long shortUntilMillis = NEVER;

    Response(@Nullable Need need) {
        this.need = need;
    }

    void expect(Need expected) {
        need = expected;
    }

    void decided(long atMillis, int fromTarget, int toTarget) {
        decisions++;
        boolean early = need != null && atMillis < need.startMillis();
        if (toTarget > fromTarget && (firstGrowthMillis == NEVER || grewEarly)) {
            firstGrowthMillis = atMillis; // the first since the need began, or else the last before it
            grewEarly = early;
        }
    }

    /** Keeps the end of the last shortage that began before the load's rise was over; a later one is another need. */
    void passed(long fromMillis, long toMillis, boolean shortOfInstances) {
        if (shortOfInstances && !isShort) {
            shortSinceMillis = fromMillis;
        }
        isShort = shortOfInstances;
        if (isShort && need != null && shortSinceMillis <= need.riseEndMillis() && toMillis > need.startMillis()) {
            shortUntilMillis = toMillis;
        }
    }

    long decisions() {
        return decisions;
    }

    @Nullable
    Double detectionS() {
        return secondsAfterNeed(firstGrowthMillis);
    }

    @Nullable
    Double readyS() {
        return secondsAfterNeed(Math.max(0, shortUntilMillis));
    }

    private @Nullable Double secondsAfterNeed(long atMillis) {
        if (need == null || firstGrowthMillis == NEVER) {
            return null;
        }
        return Math.max(0, atMillis - need.startMillis()) / 1e3;
    }
}
