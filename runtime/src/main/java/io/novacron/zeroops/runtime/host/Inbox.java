package io.novacron.zeroops.runtime.host;

import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.runtime.host.Message.Ended;
import io.novacron.zeroops.runtime.host.Message.Flush;
import io.novacron.zeroops.runtime.host.Message.Replied;
import io.novacron.zeroops.runtime.host.Message.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What one entity is asked, and learns, while it recovers or writes. In front of the persistent behavior, and in the same
 * actor: Akka's own stash takes one message back after the other, each inside the call for the one before, and a few
 * thousand overflow the stack, which ends the process.
 */
final class Inbox {
    /** Beyond it a request is refused as {@code overloaded}, and its sender tries again. */
    static final int WAITING_MAX = 10_000;

    /** How long the first acknowledgement waits for others, or for what comes next, so that one row takes them all. */
    private static final Duration LINGER = Duration.ofMillis(100);

    private static final Flush FLUSH = new Flush(false);
    private static final Flush LATE = new Flush(true);

    private final TimerScheduler<Message> timers;
    private final boolean isShared;
    private final Deque<Message> waiting = new ArrayDeque<>();
    private int outstanding; // effects whose end is awaited
    private boolean flushing; // a Flush is on its way, or waits until it has recovered
    private boolean writing;

    /** @param isShared whether many turn to it at once, so that it pays to look for more in the mailbox */
    Inbox(TimerScheduler<Message> timers, boolean isShared) {
        this.timers = timers;
        this.isShared = isShared;
    }

    /** Gathers for {@code shell}. */
    Behavior<Message> before(Behavior<Message> shell) {
        return Behaviors.intercept(Gathering::new, shell);
    }

    private final class Gathering extends BehaviorInterceptor<Message, Message> {
        Gathering() {
            super(Message.class);
        }

        @Override
        public Behavior<Message> aroundReceive(
                TypedActorContext<Message> context, Message message, ReceiveTarget<Message> shell) {
            if (message instanceof Request || message instanceof Replied || message instanceof Ended) {
                gather(message);
                if (!isShared && !flushing && isReady()) {
                    flushing = true;
                    return shell.apply(context, FLUSH);
                }
                flush(context);
                return Behaviors.same();
            } else if (message instanceof Flush && (waiting.isEmpty() || writing)) {
                flushing = false;
                return Behaviors.same();
            }
            return shell.apply(context, message);
        }
    }

    private void gather(Message message) {
        if (waiting.size() < WAITING_MAX) {
            waiting.add(message);
        } else if (message instanceof Request request) {
            request.replyTo().tell(new Replied(request.key(), Reply.notNow("overloaded")));
        } // what else it would have learnt, it is told again: the effect is still pending
    }

    /** Comes after all that is in the mailbox now, so that it is decided together. */
    private void flush(TypedActorContext<Message> context) {
        if (!flushing && isReady()) {
            flushing = true;
            context.asJava().getSelf().tell(FLUSH);
        }
    }

    /** Whether what waits is to be decided now; sees to it that it is later, if not. */
    private boolean isReady() {
        if (writing || waiting.isEmpty()) {
            return false;
        } else if (lacksOthers()) {
            linger();
            return false;
        }
        return true;
    }

    /** Whether there are but acknowledgements, and more of the same kind are to be expected at any moment. */
    private boolean lacksOthers() {
        if (waiting.size() >= outstanding) {
            return false;
        }
        for (Message message : waiting) {
            if (message instanceof Request) {
                return false;
            }
        }
        return true;
    }

    private void linger() {
        if (!timers.isTimerActive(LINGER)) {
            timers.startSingleTimer(LINGER, LATE, LINGER);
        }
    }

    /** Takes back acknowledgements that set nothing off: they are decided with what comes next, or a little later. */
    void putBack(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            waiting.addFirst(messages.get(i));
        }
        linger();
    }

    /** @param effects that were run and have not ended */
    void expects(int effects) {
        outstanding = effects;
    }

    /** Those that have waited longest. */
    List<Message> take(int most) {
        flushing = false;
        List<Message> taken = new ArrayList<>(Math.min(most, waiting.size()));
        while (taken.size() < most && !waiting.isEmpty()) {
            taken.add(waiting.remove());
        }
        return taken;
    }

    /** Until {@link #written} nothing is handed on. */
    void writes() {
        writing = true;
    }

    /** Whatever came meanwhile is next. */
    void written(TypedActorContext<Message> context) {
        writing = false;
        flush(context);
    }
}
