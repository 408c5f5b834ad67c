package io.novacron.zeroops.agents.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One reviewer, asked one thing after the other. */
final class Desk<E extends Event, S extends State> {
    static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z"); // a Monday
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final List<E> journal = new ArrayList<>();
    private final List<Hold> asked = new ArrayList<>();
    private final Agent<Command, E, S> agent;
    S state;
    Instant now = T0;

    Desk(Agent<Command, E, S> agent) {
        this.agent = agent;
        this.state = agent.initial();
    }

    Reply tell(Command command) {
        var taken = Turn.take(agent, state, command, now);
        journal.addAll(taken.result().events());
        state = taken.after();
        return taken.result().reply();
    }

    Answer hold(String decision, Action action) {
        return hold(decision, action, Priority.P2);
    }

    Answer hold(String decision, Action action, Priority priority) {
        var hold = new Hold(decision, action, priority, now.plus(PATIENCE));
        asked.add(hold);
        Reply reply = tell(hold);
        assertThat(reply.accepted()).as(reply.code()).isTrue();
        return reply.answer();
    }

    Reply confirm(String decision) {
        return tell(new Confirm(decision));
    }

    Reply end(String decision, int achieved) {
        Hold hold = asked.stream()
                .filter(h -> h.decision().equals(decision))
                .findFirst()
                .orElseThrow();
        return tell(new End(decision, achieved, hold.until()));
    }

    /** Held, confirmed, carried out and ended, all now. */
    void carryOut(String decision, Action action, int achieved) {
        assertThat(hold(decision, action)).isEqualTo(Vote.ACCEPT);
        assertThat(confirm(decision)).isEqualTo(Reply.DONE);
        assertThat(end(decision, achieved)).isEqualTo(Reply.DONE);
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    void tickAtDeadline() {
        var deadline = agent.deadline(state).orElseThrow();
        now = deadline.at();
        tell(deadline.command());
    }

    static Action scale(String resource, int from, int to) {
        var kind = to > from ? ActionClass.SCALE_OUT : ActionClass.SCALE_IN;
        return Action.of(kind, resource, "shop", "eu", from, to, Money.dollars(1));
    }

    static Action vm(ActionClass kind, String vm, String region, int from, int to) {
        return Action.of(kind, vm, "shop", region, from, to, Money.dollars(1));
    }
}
