package io.novacron.zeroops.agents.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.FaultyNetwork;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.DecisionCommand.ReportChange;
import io.novacron.zeroops.agents.decision.OwnerCommand.Execute;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Everybody whom one decision talks to, as {@link ReviewCommand} and {@link OwnerCommand} promise it: holds lapse or are
 * preempted, the owner takes its time and tells how it ended until it is heard, a proposer may be dead.
 */
final class FakeReviewers {
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final FaultyNetwork network;
    private final SplittableRandom random;
    private final boolean proposerIsDead;
    private final Map<String, Holds> books = new TreeMap<>();
    private Consumer<ReportChange> report = change -> {};
    private boolean heard;

    /** What the owner began to execute. */
    Optional<Action> begun = Optional.empty();

    Optional<Change.Ended> ended = Optional.empty();
    final List<End> ends = new ArrayList<>();
    final List<ProposerCommand.DecisionEnded> told = new ArrayList<>();

    FakeReviewers(FaultyNetwork network, SplittableRandom random, boolean proposerIsDead) {
        this.network = network;
        this.random = random;
        this.proposerIsDead = proposerIsDead;
    }

    void reportTo(Consumer<ReportChange> decision) {
        report = decision;
    }

    Outcome run(Effect effect) {
        if (network.unlucky(10)) {
            return new Outcome.Failed("busy", true);
        } else if (network.unlucky(5)) {
            return new Outcome.Unknown("timeout");
        } else if (effect instanceof Effect.Send send) {
            return send(send);
        }
        return network.unlucky(10) ? new Outcome.Failed("no_such_receiver", false) : Outcome.DONE;
    }

    private Outcome send(Effect.Send send) {
        if (send.command() instanceof ProposerCommand.DecisionEnded done) {
            if (proposerIsDead) {
                return new Outcome.Unknown("dead");
            }
            told.add(done);
            return Outcome.DONE;
        } else if (send.command() instanceof OversightCommand) {
            return Outcome.DONE;
        }
        Holds before = book(send.to()); // lapses first, as any reviewer's own deadline does
        books.put(send.to(), before.without(before.lapsed(network.now())));
        return answer(send).asOutcome();
    }

    Holds book(String address) {
        return books.getOrDefault(address, Holds.NONE);
    }

    private Reply answer(Effect.Send send) {
        if (send.command() instanceof Hold hold) {
            return onHold(send.to(), hold);
        } else if (send.command() instanceof Confirm confirm) {
            return onConfirm(send.to(), confirm.decision());
        } else if (send.command() instanceof Execute execute) {
            return onExecute(send.to(), execute);
        } else if (send.command() instanceof End end) {
            boolean runs = begun.isPresent() && ended.isEmpty();
            assertThat(runs && !gaveUp(end))
                    .as("money given back while it runs")
                    .isFalse();
            ends.add(end);
            books.put(send.to(), book(send.to()).ended(end.decision(), end.until()));
            return Reply.DONE;
        }
        throw new AssertionError(send);
    }

    /** A decision that has called a person keeps the money of what may be there. */
    private boolean gaveUp(End end) {
        return end.achieved() == begun.map(a -> Math.max(0, a.delta())).orElse(0);
    }

    private Reply onHold(String address, Hold hold) {
        var book = book(address);
        var open = book.get(hold.decision());
        if (open.isPresent()) {
            return Reply.of(open.get().vote());
        } else if (book.isEnded(hold.decision())) {
            return Reply.refused("decision_ended");
        } else if (!hold.until().isAfter(network.now())) {
            return Reply.refused("too_late");
        }
        Vote vote = vote(hold.action());
        if (!(vote instanceof Vote.Reject)) {
            var promised = vote instanceof Vote.Counter counter ? hold.action().withTo(counter.to()) : hold.action();
            books.put(
                    address,
                    book.promised(
                            hold.decision(), new Holds.Entry(promised, hold.priority(), vote, false, hold.until())));
        }
        return Reply.of(vote);
    }

    private Vote vote(Action action) {
        int dice = random.nextInt(100);
        int between = (action.from() + action.to()) / 2;
        if (dice < 3) {
            return new Vote.Reject("mode_paused", "");
        } else if (dice < 12) {
            return new Vote.Counter(between, "max_scale_percent", "");
        }
        return Vote.ACCEPT;
    }

    private Reply onConfirm(String address, String decision) {
        var book = book(address);
        var open = book.get(decision);
        if (open.isEmpty()) {
            return Reply.refused("not_held");
        } else if (!open.get().firm() && network.unlucky(4)) { // preempted by another
            books.put(address, book.ended(decision, open.get().until()));
            return Reply.refused("not_held");
        }
        books.put(address, book.confirmed(decision));
        return Reply.DONE;
    }

    private Reply onExecute(String address, Execute execute) {
        if (ended.isPresent()) {
            return Reply.of(ended.get());
        } else if (begun.isPresent()) {
            return Reply.of(new Change.Running(network.now().plusSeconds(30)));
        }
        var open = book(address).get(execute.decision());
        if (open.isEmpty() || !execute.notAfter().isAfter(network.now()) || network.unlucky(3)) {
            open.ifPresent(e -> books.put(address, book(address).ended(execute.decision(), e.until())));
            return Reply.refused("not_held");
        }
        assertThat(open.get().action()).isEqualTo(execute.action());
        assertAllFirm(execute);
        begun = Optional.of(execute.action());
        books.put(address, book(address).ended(execute.decision(), open.get().until()));
        network.at(network.now().plusSeconds(random.nextInt(120)), () -> end(execute));
        return Reply.of(new Change.Running(network.now().plusSeconds(random.nextInt(120))));
    }

    /** Everyone else is bound to at least this much before anything happens. */
    private void assertAllFirm(Execute execute) {
        for (Reviewer reviewer : execute.action().kind().reviewers()) {
            if (reviewer != Reviewer.OWNER) {
                String address = DecisionPolicy.DEFAULTS.address(reviewer, execute.action());
                var entry = book(address).get(execute.decision());
                assertThat(entry.map(Holds.Entry::firm)).as(address).contains(true);
                int held = Math.abs(entry.orElseThrow().action().delta());
                assertThat(held)
                        .isGreaterThanOrEqualTo(Math.abs(execute.action().delta()));
            }
        }
    }

    private void end(Execute execute) {
        var action = execute.action();
        var end = List.of(Change.End.values()).get(random.nextInt(5));
        int level =
                switch (end) {
                    case VERIFIED -> action.to();
                    case PARTIAL -> (action.from() + action.to()) / 2;
                    case UNDONE, NO_EFFECT, ESCALATED -> action.from();
                };
        ended = Optional.of(new Change.Ended(end, level, end == Change.End.VERIFIED ? "" : "why"));
        tell(execute.decision());
    }

    private void tell(String decision) {
        if (!heard) {
            network.send(() -> {
                report.accept(new ReportChange(decision, ended.orElseThrow()));
                heard = !network.unlucky(30);
            });
            network.at(network.now().plus(RETRY), () -> tell(decision));
        }
    }

    /** Whether anything of this decision is still held by whoever does not own the resource. */
    boolean holdsSomething(Instant now) {
        return books.values().stream()
                .map(book -> book.without(book.lapsed(now)))
                .anyMatch(book -> !book.open().isEmpty());
    }
}
