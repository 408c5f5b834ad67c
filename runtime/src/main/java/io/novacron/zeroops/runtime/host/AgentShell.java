package io.novacron.zeroops.runtime.host;

import akka.actor.typed.ActorRef;
import akka.actor.typed.BackoffSupervisorStrategy;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotSelectionCriteria;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.Recovery;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Outbox;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.fleet.Lifecycle;
import io.novacron.zeroops.persistence.journal.Owing;
import io.novacron.zeroops.persistence.journal.Written;
import io.novacron.zeroops.runtime.host.Message.Ended;
import io.novacron.zeroops.runtime.host.Message.Flush;
import io.novacron.zeroops.runtime.host.Message.Idle;
import io.novacron.zeroops.runtime.host.Message.Replied;
import io.novacron.zeroops.runtime.host.Message.Request;
import io.novacron.zeroops.runtime.host.Message.Rouse;
import io.novacron.zeroops.runtime.host.Message.Stop;
import io.novacron.zeroops.runtime.host.Message.Wake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one actor around every agent: decide, journal, act. To act is to run what is due and to set the one timer for what
 * comes next, a deadline or a retry; so it is after each write and after recovery alike.
 *
 * <p>Commands that come while a write is under way wait in the {@link Inbox}; up to {@link #BATCH_MAX} of them are then
 * decided one after the other into one write: an entity that many turn to, such as a budget, keeps up with them at the
 * price of one row for all.
 */
final class AgentShell extends EventSourcedBehavior<Message, Written, State> {
    /** Commands that one write answers at most. */
    static final int BATCH_MAX = 256;

    /** Bounds how often it wakes for nothing: the clock may be slower than the timer. */
    private static final Duration SLEEP_MIN = Duration.ofMillis(1);

    /** Akka takes no timers for years; who wakes too early sleeps again. */
    private static final Duration SLEEP_MAX = Duration.ofHours(1);

    /** Seldom: what a busy governor knows takes a large part of a second to write, and reading 5,000 rows not much more. */
    private static final int ROWS_PER_SNAPSHOT = 5_000;

    private static final int SNAPSHOTS_KEPT = 1;

    /** How a life of an entity that failed is followed by the next. */
    private static final BackoffSupervisorStrategy BACK_OFF =
            SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(30), 0.2);

    private final String address;
    private final Agent<Command, Event, State> agent;
    private final Surroundings surroundings;
    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final Inbox inbox;
    private Outbox outbox = Outbox.EMPTY;
    private @Nullable Instant wakeAt; // what the one timer is set to
    private @Nullable Pending write; // the one that is under way
    private boolean disturbed; // since it was last looked at whether it idles

    /** What a shell shares with all others of its node. */
    record Surroundings(
            HostClock clock,
            EffectRunner effects,
            Gate gate,
            String settings,
            Residents residents,
            Passivation passivation) {}

    /** How an entity leaves memory. */
    interface Passivation {
        /** How long after the last message an entity that owes nothing stays. */
        Duration idleAfter();

        /** Asks that {@link Stop} be sent, once no message is on its way. */
        void ask(ActorRef<Message> self);

        /** Brings a message that came too late to the entity's next life. */
        void redeliver(String address, Message message);
    }

    private record Pending(Written written, State after) {}

    private AgentShell(
            String address,
            Agent<Command, Event, State> agent,
            Surroundings surroundings,
            Inbox inbox,
            ActorContext<Message> context,
            TimerScheduler<Message> timers) {
        super(PersistenceId.ofUniqueId(address), BACK_OFF);
        this.address = address;
        this.agent = agent;
        this.surroundings = surroundings;
        this.inbox = inbox;
        this.context = context;
        this.timers = timers;
    }

    /** The host addresses by kind: an agent that is given another's command fails in its own decide. */
    @SuppressWarnings("unchecked")
    static Behavior<Message> create(String address, Agent<?, ?, ?> agent, Surroundings surroundings) {
        var typed = (Agent<Command, Event, State>) agent;
        Behavior<Message> life = Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            surroundings.residents().arrives(address, context.getSelf());
            var inbox = new Inbox(timers, isShared(address));
            return inbox.before(new AgentShell(address, typed, surroundings, inbox, context, timers));
        }));
        return Behaviors.supervise(life).onFailure(BACK_OFF);
    }

    @Override
    public State emptyState() {
        return agent.initial();
    }

    @Override
    public CommandHandler<Message, Written, State> commandHandler() {
        return (state, message) -> {
            if (message instanceof Flush flush) {
                return decide(state, inbox.take(BATCH_MAX), flush.late());
            } else if (message instanceof Wake) {
                return wake(state);
            } else if (message instanceof Rouse rouse) {
                rouse.replyTo().tell(new Replied(rouse.key(), Reply.DONE));
                return Effect().none();
            } else if (message instanceof Idle) {
                return idle(state);
            } else if (message instanceof Stop) {
                return stop(state);
            }
            throw new AssertionError(message);
        };
    }

    private Command command(Message message) {
        if (message instanceof Request request) {
            return request.command();
        } else if (message instanceof Replied replied) {
            return agent.settle(replied.key(), replied.reply().asOutcome());
        } else if (message instanceof Ended ended) {
            return agent.settle(ended.effectId(), ended.outcome());
        }
        throw new AssertionError(message); // nothing else is gathered
    }

    private Effect<Written, State> decide(State state, List<Message> messages, boolean isLate) {
        disturbed = true;
        return decide(state, messages, messages.stream().map(this::command).toList(), isLate);
    }

    private Effect<Written, State> decide(State state, List<Message> messages, List<Command> commands, boolean isLate) {
        List<Reply> replies = new ArrayList<>(commands.size());
        List<Event> events = new ArrayList<>();
        State after = state;
        for (Command command : commands) {
            var taken = Turn.take(agent, after, command, surroundings.clock().instant());
            replies.add(taken.result().reply());
            events.addAll(taken.result().events());
            after = taken.after();
        }
        if (events.isEmpty()) {
            return nothingWritten(messages, replies);
        } else if (!isLate && mayWait(messages, after)) {
            inbox.putBack(messages);
            return Effect().none();
        }
        Optional<Reply> refusal = surroundings.gate().enter();
        if (refusal.isPresent()) {
            return nothingWritten(messages, Collections.nCopies(messages.size(), refusal.get()));
        }
        var pending = new Pending(new Written(events, surroundings.settings(), owing(state, after)), after);
        write = pending;
        inbox.writes();
        return Effect().persist(pending.written()).thenRun((State written) -> {
            left();
            act(written);
            inbox.written(context);
            if (isForOneDecision() && !owes(written)) {
                leave(); // it has ended; whoever still asks wakes it
            }
            answer(messages, replies);
        });
    }

    /** Whether nobody waits for this write: these are acknowledgements, and set nothing off. */
    private boolean mayWait(List<Message> messages, State after) {
        for (Message message : messages) {
            if (message instanceof Request) {
                return false;
            }
        }
        for (var effect : agent.pending(after)) {
            if (!outbox.attempts().containsKey(effect.id())) {
                return false;
            }
        }
        return owes(after); // else it can leave
    }

    private Effect<Written, State> nothingWritten(List<Message> messages, List<Reply> replies) {
        answer(messages, replies);
        inbox.written(context); // there may be more
        if (messages.isEmpty()) { // what it told itself is still due
            Instant now = surroundings.clock().instant();
            wakeAt(now, now.plus(Outbox.FIRST_RETRY));
        }
        return Effect().none();
    }

    /** Whoever is among them for itself needs no answer. */
    private static void answer(List<Message> messages, List<Reply> replies) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof Request request) {
                request.replyTo().tell(new Replied(request.key(), replies.get(i)));
            }
        }
    }

    private Owing owing(State before, State after) {
        boolean owed = owes(before);
        boolean owes = owes(after);
        return owed == owes ? Owing.UNCHANGED : owes ? Owing.BEGINS : Owing.ENDS;
    }

    private boolean owes(State state) {
        return agent.deadline(state).isPresent() || !agent.pending(state).isEmpty();
    }

    private Effect<Written, State> wake(State state) {
        wakeAt = null;
        Instant now = Turn.now(surroundings.clock().instant(), state);
        Optional<Command> due = agent.deadline(state).filter(d -> d.isDue(now)).map(Deadline::command);
        if (due.isPresent()) {
            return decide(state, List.of(), List.of(due.get()), true);
        }
        act(state);
        return Effect().none();
    }

    private void act(State state) {
        Instant now = Turn.now(surroundings.clock().instant(), state);
        var plan = outbox.plan(agent, state, now);
        outbox = plan.outbox();
        inbox.expects(outbox.attempts().size());
        plan.wakeAt().ifPresentOrElse(at -> wakeAt(now, at), this::rest);
        for (var effect : plan.due()) {
            surroundings.effects().run(effect, context.getSelf());
        }
    }

    /** A timer that is set to an earlier instant is left alone: it finds nothing due, and sets the next. */
    private void wakeAt(Instant now, Instant at) {
        if (wakeAt == null || at.isBefore(wakeAt)) {
            wakeAt = at;
            sleep(Duration.between(now, at));
        }
    }

    private void sleep(Duration duration) {
        Duration wait = surroundings.clock().onMachine(duration);
        Duration bounded = wait.compareTo(SLEEP_MAX) < 0 ? wait : SLEEP_MAX;
        timers.startSingleTimer("wake", new Wake(), bounded.compareTo(SLEEP_MIN) > 0 ? bounded : SLEEP_MIN);
    }

    /** Also right after recovery, when what woke it is still to be decided. */
    private void rest() {
        if (!timers.isTimerActive("idle")) {
            timers.startSingleTimer(
                    "idle", new Idle(), surroundings.passivation().idleAfter());
        }
    }

    private Effect<Written, State> idle(State state) {
        if (disturbed) {
            disturbed = false;
            rest();
        } else if (!owes(state)) {
            leave();
        }
        return Effect().none();
    }

    private void leave() {
        surroundings.residents().leaves(address, context.getSelf());
        surroundings.passivation().ask(context.getSelf());
    }

    private boolean isForOneDecision() {
        return isForOneDecision(address);
    }

    private static boolean isForOneDecision(String address) {
        return address.startsWith("decision/");
    }

    /** Whether many turn to it at once, such as to a budget. */
    private static boolean isShared(String address) {
        return !isForOneDecision(address) && Lifecycle.ofAddress(address).isEmpty();
    }

    private Effect<Written, State> stop(State state) {
        if (owes(state)) { // something came after it had asked
            surroundings
                    .passivation()
                    .redeliver(address, new Rouse(context.getSystem().ignoreRef(), ""));
        }
        for (Message message : inbox.take(Inbox.WAITING_MAX)) {
            if (message instanceof Request request) {
                surroundings.passivation().redeliver(address, request);
            }
        }
        return Effect().stop();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // this very write: what it comes to was found when it was decided
    public EventHandler<State, Written> eventHandler() {
        return (state, written) -> {
            if (write != null && write.written() == written) {
                return write.after();
            }
            State after = state;
            for (Event event : written.events()) {
                after = agent.apply(after, event);
            }
            return after;
        };
    }

    @Override
    public SignalHandler<State> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::recovered)
                .onSignal(PreRestart.instance(), state -> left())
                .onSignal(PostStop.instance(), state -> {
                    left();
                    surroundings.residents().leaves(address, context.getSelf());
                })
                .build();
    }

    /** What ran before the crash is not known: all anew. */
    private void recovered(State state) {
        act(state);
        inbox.written(context); // a write that failed is over, too
    }

    /** No write of this life is under way any more. */
    private void left() {
        if (write != null) {
            write = null;
            surroundings.gate().leave();
        }
    }

    /** Decisions are short: reading their few rows costs less than storing and finding what they came to. */
    @Override
    public Recovery recovery() {
        return isForOneDecision()
                ? Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none())
                : super.recovery();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return isForOneDecision()
                ? RetentionCriteria.disabled()
                : RetentionCriteria.snapshotEvery(ROWS_PER_SNAPSHOT, SNAPSHOTS_KEPT);
    }
}
