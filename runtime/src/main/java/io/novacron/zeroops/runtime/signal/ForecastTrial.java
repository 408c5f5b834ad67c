package io.novacron.zeroops.runtime.signal;

/**
 * Whether forecasts lately were of use: what holding what they asked for came to, beside what holding the measured floor
 * alone would have come to, each judged by the highest load until new capacity could have been ready ({@link
 * Newsvendor#cost}). A forecast whose margins cost more than they were worth is not followed until they have been worth it
 * again; it is judged all the while. Memory is fixed.
 *
 * <p>A forecast can only ask for more than the floor, so it may cost idle capacity and avoid shortage. Shortage counts more
 * here than in sizing, by {@link #CAUTION}: what is dropped is a forecast that is useless, not one that is merely dear.
 */
final class ForecastTrial {
    /** Outcomes count half after this time. */
    private static final double HALF_LIFE_MS = 3 * 3_600_000.0;

    /** Forecasts that wait for their outcome, evenly over the horizon. */
    private static final int WAITING = 8;

    /** Fewer outcomes than of so many horizons say nothing. */
    private static final int HORIZONS_MIN = 20;

    /** A request that misses its objective is so many times as bad as in sizing. */
    private static final double CAUTION = 20;

    /** Worse by more than this share of the load is worse; between that and 0 nothing changes, so that chance changes little. */
    private static final double WORSE = 0.05;

    private final long horizonMs;
    private final double shortage;
    private final long[] madeAt = new long[WAITING];
    private final double[] asked = new double[WAITING];
    private final double[] floor = new double[WAITING];
    private final double[] highest = new double[WAITING];
    private int first;
    private int waiting;

    private long scored;
    private long scoredAt;
    private double loads;
    private double regret;
    private boolean followed = true;

    /** @param shortage as for {@link Newsvendor} */
    ForecastTrial(long horizonMs, double shortage) {
        this.horizonMs = horizonMs;
        this.shortage = CAUTION * shortage;
    }

    /**
     * Takes the load, and what the two would hold from now on, in units of load; times ascend.
     *
     * @return whether the forecast is to be followed
     */
    boolean add(long atMillis, double load, double heldAsked, double heldFloor) {
        while (waiting > 0 && madeAt[first] + horizonMs < atMillis) {
            score(atMillis);
        }
        for (int i = 0; i < waiting; i++) {
            int at = (first + i) % WAITING;
            highest[at] = Math.max(highest[at], load);
        }
        if (waiting == 0 || atMillis - madeAt[(first + waiting - 1) % WAITING] >= horizonMs / WAITING) {
            if (waiting == WAITING) {
                score(atMillis); // an instant early, where samples are a part of the horizon apart
            }
            int at = (first + waiting) % WAITING;
            madeAt[at] = atMillis;
            asked[at] = heldAsked;
            floor[at] = heldFloor;
            highest[at] = 0;
            waiting++;
        }
        return followed;
    }

    private void score(long nowMillis) {
        double keep = scored == 0 ? 0 : Math.pow(0.5, (nowMillis - scoredAt) / HALF_LIFE_MS);
        loads = keep * loads + highest[first];
        regret = keep * regret
                + Newsvendor.cost(asked[first], highest[first], shortage)
                - Newsvendor.cost(floor[first], highest[first], shortage);
        scoredAt = nowMillis;
        scored++;
        first = (first + 1) % WAITING;
        waiting--;
        if (scored >= HORIZONS_MIN * WAITING) {
            followed = regret <= (followed ? WORSE * loads : 0);
        }
    }
}
