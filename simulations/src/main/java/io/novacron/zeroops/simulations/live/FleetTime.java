package io.novacron.zeroops.simulations.live;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * When a fleet's simulated time began, from where it goes on, and which chance it follows; the same at every start. The clock
 * is made from it: {@code HostClock.faster(machine, time.resumeAt(), speed)}, or, to go with the machine's, one that starts
 * at the later of {@code resumeAt} and the machine's instant.
 *
 * @param origin of the load, to the millisecond
 * @param resumeAt not before any instant that a former process could have told anyone; {@code origin} at the first start
 */
public record FleetTime(Instant origin, Instant resumeAt, long seed) {
    static final String ORIGIN = "origin";
    static final String SEED = "seed";
    static final String TOLD_UP_TO = "told_up_to";

    /** What the ledger says; at the very first start, what is given, and the ledger says so from then on. */
    public static FleetTime of(FleetLedger ledger, Instant firstOrigin, long firstSeed) {
        Map<String, String> notes = ledger.notes();
        String origin = notes.get(ORIGIN);
        String seed = notes.get(SEED);
        if (origin == null || seed == null) {
            Instant first = firstOrigin.truncatedTo(ChronoUnit.MILLIS);
            ledger.note(SEED, Long.toString(firstSeed));
            ledger.note(ORIGIN, first.toString());
            return new FleetTime(first, first, firstSeed);
        }
        Instant began = Instant.parse(origin);
        String toldUpTo = notes.get(TOLD_UP_TO);
        return new FleetTime(began, toldUpTo == null ? began : Instant.parse(toldUpTo), Long.parseLong(seed));
    }
}
