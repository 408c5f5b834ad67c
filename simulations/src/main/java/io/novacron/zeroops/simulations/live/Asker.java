package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.simulations.host.Scheduler;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks the budget until it answers: whatever is asked here bears repeating. Used, and answered, on the fleet's thread. */
final class Asker {
    private final FleetListener listener;
    private final String budget;
    private final Scheduler scheduler;
    private final Executor thread;
    private final long retryMillis;

    /** @param retryMillis of simulated time until an unanswered question is asked again */
    Asker(FleetListener listener, String budget, Scheduler scheduler, Executor thread, long retryMillis) {
        this.listener = listener;
        this.budget = budget;
        this.scheduler = scheduler;
        this.thread = thread;
        this.retryMillis = retryMillis;
    }

    private static final class Question {
        private final Supplier<? extends Command> command;
        private final Consumer<Reply> answered;
        private boolean isAnswered;

        Question(Supplier<? extends Command> command, Consumer<Reply> answered) {
            this.command = command;
            this.answered = answered;
        }

        void answer(Reply reply) {
            if (!isAnswered) {
                isAnswered = true;
                try {
                    answered.accept(reply);
                } catch (LedgerException e) {
                    isAnswered = false; // and so it is asked again
                    throw e;
                }
            }
        }
    }

    /**
     * Asks.
     *
     * @param command made anew for each time it is asked
     * @param answered called with the first reply, and with another only if it throws a {@link LedgerException}
     */
    void ask(Supplier<? extends Command> command, Consumer<Reply> answered) {
        ask(new Question(command, answered));
    }

    private void ask(Question question) {
        if (!question.isAnswered) {
            listener.ask(budget, question.command.get(), reply -> thread.execute(() -> question.answer(reply)));
            scheduler.after(retryMillis, () -> ask(question));
        }
    }

    /** Does something as much later as an unanswered question is asked again. */
    void later(Runnable action) {
        scheduler.after(retryMillis, action);
    }

    Scheduler scheduler() {
        return scheduler;
    }
}
