package io.novacron.zeroops.agents.ops;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.OversightCommand.RecordIntervention;
import io.novacron.zeroops.agents.ops.OpsCommand.Resume;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.ops.OpsCommand.Settle;
import io.novacron.zeroops.agents.ops.OpsCommand.Tick;
import io.novacron.zeroops.agents.ops.OpsEvent.InterventionRecorded;
import io.novacron.zeroops.agents.ops.OpsEvent.ModeAcknowledged;
import io.novacron.zeroops.agents.ops.OpsEvent.ModeSet;
import io.novacron.zeroops.agents.ops.OpsEvent.ModeUnacknowledged;
import io.novacron.zeroops.agents.ops.OpsEvent.OverrideEnded;
import io.novacron.zeroops.agents.ops.OpsEvent.OverrideStarted;
import io.novacron.zeroops.agents.ops.OpsEvent.PageClosed;
import io.novacron.zeroops.agents.ops.OpsState.Announcement;
import io.novacron.zeroops.agents.ops.OpsState.Page;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.agents.safety.SafetyCommand.ApplyMode;
import io.novacron.zeroops.agents.safety.SafetyGovernor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the mode, the override and the ledger of interventions, and sees to it that the governor keeps to the mode.
 *
 * <pre>
 * mode changes          --> announced under a new number
 * announced  --acknowledged-->             over; announced anew if the mode has changed since
 *            --deadline, is the last-->    announced anew under a new number, for as long as it takes; people are paged
 *            --deadline, was overtaken-->  over
 * override   --until, Resume-->            the mode that was set before, or during, comes back
 * </pre>
 *
 * <p>A mode that overtakes one in flight does not wait for it: the governor takes no lower number after a higher. At most
 * {@link OpsState#AWAITED_MAX} are in flight; a change beyond that is announced when the last of them ends, so that a
 * person's override is never refused for being one too many.
 */
public record OpsCenterAgent(OpsPolicy policy) implements Agent<Command, OpsEvent, OpsState> {
    /** There is one; also the sender of what it sends. */
    public static final String ADDRESS = "ops/main";

    /** The longest justification, in characters. */
    public static final int JUSTIFICATION_MAX = 1000;

    private static final String MODE_PREFIX = ADDRESS + "/mode/";
    private static final String PAGE_PREFIX = ADDRESS + "/page/";

    @Override
    public OpsState initial() {
        return OpsState.INITIAL;
    }

    @Override
    public OpsState apply(OpsState state, OpsEvent event) {
        return event.applyTo(state);
    }

    @Override
    public Result<OpsEvent> decide(OpsState state, Command command, Instant now) {
        if (command instanceof RecordIntervention record) {
            return state.ledger().isRepeat(record.decision(), record.kind())
                    ? Result.nothing()
                    : Result.of(new InterventionRecorded(now, record.decision(), record.kind()));
        } else if (command instanceof SetMode set) {
            return onMode(state, set, now);
        } else if (command instanceof OpsCommand.OverrideAutomation override) {
            return onOverride(state, override, now);
        } else if (command instanceof Resume resume) {
            return onResume(state, resume, now);
        } else if (command instanceof Settle settle) {
            return onSettle(state, settle, now);
        } else if (command instanceof Tick) {
            return onTick(state, now);
        }
        return Result.refused("unknown_command");
    }

    private Result<OpsEvent> onMode(OpsState state, SetMode set, Instant now) {
        if (set.person().isBlank()) {
            return Result.refused("person_missing");
        } else if (state.mode() == set.mode()) {
            return Result.nothing();
        }
        var next = announcedIfChanged(state, state.withMode(set.mode()), now);
        return Result.of(new ModeSet(now, set.person(), set.mode(), next));
    }

    private Result<OpsEvent> onOverride(OpsState state, OpsCommand.OverrideAutomation wanted, Instant now) {
        Instant latest = now.plus(policy.overrideMax());
        if (wanted.person().isBlank()) {
            return Result.refused("person_missing");
        } else if (!wanted.mfaVerified()) {
            return Result.refused("mfa_required");
        } else if (wanted.justification().isBlank()) {
            return Result.refused("justification_missing");
        } else if (wanted.justification().length() > JUSTIFICATION_MAX) {
            return Result.refused("justification_too_long");
        } else if (!wanted.until().isAfter(now)) {
            return Result.refused("too_late");
        } else if (wanted.until().isAfter(latest)) {
            var reply = Reply.refused("override_too_long", new OpsAnswer.LatestUntil(latest));
            return new Result<>(List.of(), reply);
        }
        var open = state.override();
        if (open.filter(o -> !wanted.until().isAfter(o.until())).isPresent()) {
            return Result.nothing(); // automation is paused for longer already
        }
        var started = new OpsState.OpenOverride(wanted.person(), wanted.justification(), wanted.until());
        var next = announcedIfChanged(state, state.withOverride(Optional.of(started)), now);
        String id = ADDRESS + "/override/" + (state.ledger().total() + 1);
        return Result.of(
                new OverrideStarted(now, started.person(), started.justification(), started.until(), id, next));
    }

    private Result<OpsEvent> onResume(OpsState state, Resume resume, Instant now) {
        if (resume.person().isBlank()) {
            return Result.refused("person_missing");
        }
        return state.override().isPresent() ? Result.of(resumed(state, resume.person(), now)) : Result.nothing();
    }

    private OpsEvent resumed(OpsState state, String person, Instant now) {
        var next = announcedIfChanged(state, state.withOverride(Optional.empty()), now);
        return new OverrideEnded(now, person, next);
    }

    private Optional<Announcement> announcedIfChanged(OpsState before, OpsState after, Instant now) {
        boolean changed = before.effectiveMode() != after.effectiveMode();
        return changed && before.mayAnnounce() ? Optional.of(announcement(after, 1, now)) : Optional.empty();
    }

    private Announcement announcement(OpsState state, int attempt, Instant now) {
        return new Announcement(state.announced() + 1, state.effectiveMode(), attempt, now.plus(policy.patience()));
    }

    private Result<OpsEvent> onSettle(OpsState state, Settle settle, Instant now) {
        var page = state.page().filter(p -> pageId(p).equals(settle.effectId()));
        if (page.isPresent()) {
            boolean delivered = settle.outcome() instanceof Outcome.Succeeded;
            return settle.outcome().isFinal()
                    ? Result.of(new PageClosed(now, page.get().sequence(), delivered))
                    : Result.nothing();
        }
        var awaited = state.awaited().values().stream()
                .filter(a -> modeId(a).equals(settle.effectId()))
                .findFirst();
        if (awaited.isEmpty()) {
            return Result.refused("not_pending");
        } else if (!(settle.outcome() instanceof Outcome.Succeeded)) {
            return Result.nothing(); // also where it was refused: the host goes on trying until the deadline
        }
        Announcement acknowledged = awaited.get();
        boolean stale = state.isLast(acknowledged.sequence()) && acknowledged.mode() != state.effectiveMode();
        Optional<Announcement> next = stale ? Optional.of(announcement(state, 1, now)) : Optional.empty();
        return Result.of(new ModeAcknowledged(now, acknowledged.sequence(), next));
    }

    /** All that is due, each on the state that the one before left. Ends, since what is made anew is due later. */
    private Result<OpsEvent> onTick(OpsState state, Instant now) {
        var events = new ArrayList<OpsEvent>();
        OpsState current = state;
        for (var due = firstDue(current, now); due.isPresent(); due = firstDue(current, now)) {
            events.add(due.get());
            current = due.get().applyTo(current);
        }
        return new Result<>(events, Reply.DONE);
    }

    private Optional<OpsEvent> firstDue(OpsState state, Instant now) {
        if (state.override().filter(o -> !now.isBefore(o.until())).isPresent()) {
            return Optional.of(resumed(state, "", now));
        }
        var page = state.page().filter(p -> !now.isBefore(p.deadline()));
        if (page.isPresent()) {
            return Optional.of(new PageClosed(now, page.get().sequence(), false));
        }
        return state.awaited().values().stream()
                .filter(a -> !now.isBefore(a.deadline()))
                .findFirst()
                .map(a -> unacknowledged(state, a, now));
    }

    private OpsEvent unacknowledged(OpsState state, Announcement late, Instant now) {
        if (!state.isLast(late.sequence())) {
            return new ModeUnacknowledged(now, late.sequence(), Optional.empty(), Optional.empty());
        }
        int attempt = late.mode() == state.effectiveMode() ? late.attempt() + 1 : 1;
        // After 1, 2, 4, 8 ... attempts: people must know, and must not be told twice a minute all night.
        boolean pages = Integer.bitCount(late.attempt()) == 1 && state.page().isEmpty();
        Optional<Page> page = pages
                ? Optional.of(new Page(late.sequence(), late.mode(), now.plus(policy.patience())))
                : Optional.empty();
        return new ModeUnacknowledged(now, late.sequence(), Optional.of(announcement(state, attempt, now)), page);
    }

    @Override
    public List<Effect> pending(OpsState state) {
        Stream<Effect> modes = state.awaited().values().stream().map(OpsCenterAgent::send);
        Stream<Effect> pages = state.page().stream().map(OpsCenterAgent::notification);
        return Stream.concat(modes, pages).toList();
    }

    private static Effect send(Announcement announcement) {
        var origin = new Origin(ADDRESS, announcement.sequence());
        Mode mode = announcement.mode();
        return new Effect.Send(modeId(announcement), SafetyGovernor.ADDRESS, new ApplyMode(origin, mode));
    }

    private static Effect notification(Page page) {
        String text = "The safety governor has not acknowledged the mode " + page.mode() + "; trying again";
        return new Effect.Notify(pageId(page), "on-call", text);
    }

    private static String modeId(Announcement announcement) {
        return MODE_PREFIX + announcement.sequence();
    }

    private static String pageId(Page page) {
        return PAGE_PREFIX + page.sequence();
    }

    @Override
    public Optional<Deadline<Command>> deadline(OpsState state) {
        return state.deadline().map(at -> new Deadline<>(at, new Tick()));
    }

    @Override
    public Command settle(String effectId, Outcome outcome) {
        return new Settle(effectId, outcome);
    }
}
