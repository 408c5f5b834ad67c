package io.novacron.zeroops.agents.ops;

import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.safety.Mode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What people decided, and what of it the governor has yet to acknowledge.
 *
 * @param mode what was set; in force unless there is an override
 * @param announced the number of the last announcement to the governor: grows for ever, ids and sequences are made of it
 * @param awaited announcements neither acknowledged nor past their deadline, by number; the last is the one that counts,
 *     the others were overtaken
 * @param page that is owed about an announcement, if any
 */
@TypeName("ops.State/1")
public record OpsState(
        Mode mode,
        Optional<OpenOverride> override,
        long announced,
        PSortedMap<Long, Announcement> awaited,
        Optional<Page> page,
        Ledger ledger,
        Instant asOf)
        implements State {

    /** Changes that come faster than they are acknowledged wait for the one before: see {@link #mayAnnounce}. */
    public static final int AWAITED_MAX = 8;

    static final OpsState INITIAL = new OpsState(
            Mode.OBSERVE, Optional.empty(), 0, TreePMap.empty(), Optional.empty(), Ledger.EMPTY, Instant.EPOCH);

    /** Automation is paused until then. */
    @TypeName("ops.OpenOverride/1")
    public record OpenOverride(String person, String justification, Instant until) {}

    /**
     * @param sequence its number, which never recurs
     * @param attempt 1 for a new mode, one more each time that it was not acknowledged
     * @param deadline when it is given up, and made anew if it still counts
     */
    @TypeName("ops.Announcement/1")
    public record Announcement(long sequence, Mode mode, int attempt, Instant deadline) {}

    /** @param sequence of the announcement that it is about */
    @TypeName("ops.Page/1")
    public record Page(long sequence, Mode mode, Instant deadline) {}

    /** What automation is to keep to now. */
    public Mode effectiveMode() {
        return override.isPresent() ? Mode.PAUSED : mode;
    }

    /** Whether the governor has said that it keeps to it. */
    public boolean isAcknowledged() {
        return awaited.isEmpty();
    }

    boolean mayAnnounce() {
        return awaited.size() < AWAITED_MAX;
    }

    /** Whether an announcement is the last one, so that what comes of it matters. */
    boolean isLast(long sequence) {
        return sequence == announced;
    }

    /** When the earliest of its deadlines is due. */
    Optional<Instant> deadline() {
        Stream<Instant> waiting = awaited.values().stream().map(Announcement::deadline);
        Stream<Instant> other =
                Stream.concat(override.map(OpenOverride::until).stream(), page.map(Page::deadline).stream());
        return Stream.concat(waiting, other).min(Instant::compareTo);
    }

    OpsState at(Instant at) {
        return new OpsState(mode, override, announced, awaited, page, ledger, at);
    }

    OpsState withMode(Mode newMode) {
        return new OpsState(newMode, override, announced, awaited, page, ledger, asOf);
    }

    OpsState withOverride(Optional<OpenOverride> newOverride) {
        return new OpsState(mode, newOverride, announced, awaited, page, ledger, asOf);
    }

    OpsState announcing(Optional<Announcement> next) {
        return next.map(a ->
                        new OpsState(mode, override, a.sequence(), awaited.plus(a.sequence(), a), page, ledger, asOf))
                .orElse(this);
    }

    OpsState notAwaiting(long sequence) {
        return new OpsState(mode, override, announced, awaited.minus(sequence), page, ledger, asOf);
    }

    OpsState withPage(Optional<Page> newPage) {
        return new OpsState(mode, override, announced, awaited, newPage, ledger, asOf);
    }

    OpsState withLedger(Ledger newLedger) {
        return new OpsState(mode, override, announced, awaited, page, newLedger, asOf);
    }
}
