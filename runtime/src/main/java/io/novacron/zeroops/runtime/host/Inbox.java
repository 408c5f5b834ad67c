package io.novacron.zeroops.runtime.host;

import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.runtime.host.Message.Ended;
import io.novacron.zeroops.runtime.host.Message.Flush;
import io.novacron.zeroops.runtime.host.Message.Replied;
import io.novacron.zeroops.runtime.host.Message.Request;
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

    private final Deque<Message> waiting = new ArrayDeque<>();
    private boolean flushing; // a Flush is on its way
    private boolean writing;

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
                gather(context, message);
                return Behaviors.same();
            } else if (message instanceof Flush) {
                flushing = false;
                return waiting.isEmpty() || writing ? Behaviors.same() : shell.apply(context, message);
            }
            return shell.apply(context, message);
        }
    }

    private void gather(TypedActorContext<Message> context, Message message) {
        if (waiting.size() < WAITING_MAX) {
            waiting.add(message);
            flush(context);
        } else if (message instanceof Request request) {
            request.replyTo().tell(new Replied(request.key(), Reply.notNow("overloaded")));
        } // what else it would have learnt, it is told again: the effect is still pending
    }

    /** Comes after all that is in the mailbox now, so that it is decided together. */
    private void flush(TypedActorContext<Message> context) {
        if (!flushing && !writing && !waiting.isEmpty()) {
            flushing = true;
            context.asJava().getSelf().tell(new Flush());
        }
    }

    /** Those that have waited longest. */
    List<Message> take(int most) {
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
