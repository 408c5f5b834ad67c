package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.DecisionEvent;
import io.novacron.zeroops.agents.ops.OpsEvent;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.runtime.host.Catalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A host that plays a script, second by second, and goes on only once everything that is due has been done. */
abstract class ScriptedHost implements AutoCloseable {
    /** Sent to several at once, and answered in any order: only which of them come together can be compared. */
    private static final Set<Class<?>> UNORDERED = Set.of(
            DecisionEvent.Confirmed.class,
            DecisionEvent.Delivered.class,
            OpsEvent.InterventionRecorded.class,
            BudgetEvent.Noted.class);

    /** What people, or a decision of its own, answered a budget: that comes between whatever else happens in that second. */
    private static final Comparator<Event> NOTES_LAST =
            Comparator.comparing(Event::at).thenComparing(event -> event instanceof BudgetEvent.Noted);

    private static final EventCodec CODEC = new EventCodec();

    final ScriptClock clock = new ScriptClock();
    final ScriptedFleet fleet;
    final ScriptedClients clients = new ScriptedClients(clock);
    final ScriptProgress progress;

    ScriptedHost(long seed, Catalogue catalogue) {
        fleet = new ScriptedFleet(seed);
        progress = new ScriptProgress(catalogue);
    }

    /** What a script came to, as text: events by entity, and the reply to each command. */
    record Transcript(Map<String, List<String>> journal, List<String> replies, Map<String, List<Event>> events) {}

    /** Says all of it at once, in this order; the replies come later. */
    abstract List<CompletableFuture<Reply>> say(List<Script.Told> burst);

    /** Lets this second begin. */
    abstract void begin(long second);

    /** Lets the host do something, and learns what it has journaled. */
    abstract void run();

    /** What was said last has come to its end, for now. */
    void settled() {}

    /** Everything is over; whatever it journals beyond that is learned too. */
    abstract void end();

    @Override
    public void close() {}

    Transcript play(Script script) {
        List<String> replies = new ArrayList<>();
        for (int second = 1; second <= Script.END_S; second++) {
            begin(second);
            settle(List.of());
            for (List<Script.Told> burst : script.at(second, fleet)) {
                List<CompletableFuture<Reply>> answers = say(burst);
                settle(answers);
                settled();
                for (int i = 0; i < burst.size(); i++) {
                    replies.add(second + " s: " + burst.get(i) + " -> "
                            + answers.get(i).join());
                }
            }
            while (fleet.advance(second)) {
                settle(List.of());
            }
        }
        end();
        var journal = new TreeMap<String, List<String>>();
        progress.journal().forEach((entity, events) -> journal.put(entity, lines(events)));
        return new Transcript(journal, replies, progress.journal());
    }

    private void settle(List<CompletableFuture<Reply>> answers) {
        while (true) {
            // Asked first: whatever was journaled before a reply is learned then.
            boolean answered = answers.stream().allMatch(CompletableFuture::isDone);
            run();
            var unsettled = progress.unsettled(clock, fleet, clients);
            if (answered && unsettled.isEmpty()) {
                return;
            } else if (isOverdue()) {
                throw new AssertionError("at " + clock.instant() + ": " + unsettled.orElse("a command is unanswered"));
            }
        }
    }

    /** Whether it should have done by now what this second set off. */
    abstract boolean isOverdue();

    private static List<String> lines(List<Event> journaled) {
        List<Event> events = journaled.stream().sorted(NOTES_LAST).toList();
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < events.size(); ) {
            int to = from + 1;
            while (to < events.size() && areUnordered(events.get(from), events.get(to))) {
                to++;
            }
            lines.addAll(events.subList(from, to).stream()
                    .map(CODEC::toJson)
                    .sorted(Comparator.naturalOrder())
                    .toList());
            from = to;
        }
        return lines;
    }

    private static boolean areUnordered(Event one, Event other) {
        Instant at = one.at();
        return UNORDERED.contains(one.getClass()) && one.getClass() == other.getClass() && at.equals(other.at());
    }
}
