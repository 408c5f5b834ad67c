package io.novacron.zeroops.agents.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.TurnTest.Owing.Add;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private final Owing agent = new Owing();

    @Test
    void putsOffTheSixtyFifthPendingEffect() {
        assertThat(Turn.take(agent, new Owing.Count(63, T0), new Add(1), T0)
                        .result()
                        .reply())
                .isEqualTo(Reply.DONE);
        var putOff = Turn.take(agent, new Owing.Count(64, T0), new Add(1), T0);
        assertThat(putOff.after()).isEqualTo(new Owing.Count(64, T0));
        assertThat(putOff.result()).isEqualTo(Result.notNow("too_many_pending"));
    }

    @Test
    void letsAnOverfullListShrink() {
        assertThat(Turn.take(agent, new Owing.Count(70, T0), new Add(-1), T0)
                        .result()
                        .events())
                .hasSize(1);
    }

    @Test
    void letsPassWhatAddsNothingToAnOverfullList() {
        assertThat(Turn.take(agent, new Owing.Count(70, T0), new Add(0), T0)
                        .result()
                        .events())
                .hasSize(1);
    }

    @Test
    void timeDoesNotGoBackBehindTheLastEvent() {
        var slow = Turn.take(agent, new Owing.Count(0, T0), new Add(1), T0.minusSeconds(60));
        assertThat(slow.after()).isEqualTo(new Owing.Count(1, T0));
        assertThat(slow.result().events()).containsExactly(new Owing.Added(T0, 1));
    }

    @Test
    void runsAtOnceThenBacksOffUpToAMinuteAndForgetsWhatIsNoLongerPending() {
        var one = new Owing.Count(1, T0);
        Instant now = T0;
        var plan = Outbox.EMPTY.plan(agent, one, now);
        for (int seconds : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            assertThat(plan.due()).hasSize(1);
            assertThat(plan.wakeAt()).contains(now.plusSeconds(seconds));
            now = now.plusSeconds(seconds);
            assertThat(plan.outbox().plan(agent, one, now.minusMillis(1)).due()).isEmpty();
            plan = plan.outbox().plan(agent, one, now);
        }
        var none = plan.outbox().plan(agent, new Owing.Count(0, T0), T0);
        assertThat(none).isEqualTo(new Outbox.Plan(List.of(), Outbox.EMPTY, Optional.empty()));
    }

    @Test
    void hearsEachNumberOnceAndForgetsTheLongestSilent() {
        Heard heard = Heard.NOBODY.plus(new Origin("a", 2));
        assertThat(heard.isRepeat(new Origin("a", 2))).isTrue();
        assertThat(heard.isRepeat(new Origin("a", 1))).isTrue();
        assertThat(heard.isRepeat(new Origin("a", 3))).isFalse();
        assertThat(heard.isRepeat(new Origin("b", 1))).isFalse();
        for (int i = 0; i < Heard.CONVERSATIONS_MAX; i++) {
            heard = heard.plus(new Origin("other-" + i, 1));
        }
        assertThat(heard.last()).hasSize(Heard.CONVERSATIONS_MAX);
        assertThat(heard.isRepeat(new Origin("a", 2))).isFalse();
        assertThat(heard.isRepeat(new Origin("other-0", 1))).isTrue();
    }

    /** The least agent that can owe many effects. */
    record Owing() implements Agent<Add, Owing.Added, Owing.Count> {
        record Add(int number) implements Command {}

        record Added(Instant at, int number) implements Event {}

        record Count(int number, Instant asOf) implements State {}

        @Override
        public Count initial() {
            return new Count(0, Instant.EPOCH);
        }

        @Override
        public Result<Added> decide(Count state, Add command, Instant now) {
            return Result.of(new Added(now, command.number()));
        }

        @Override
        public Count apply(Count state, Added event) {
            return new Count(state.number() + event.number(), event.at());
        }

        @Override
        public List<Effect> pending(Count state) {
            return IntStream.range(0, state.number())
                    .<Effect>mapToObj(i -> new Effect.Notify("" + i, "on-call", "hello"))
                    .toList();
        }

        @Override
        public Optional<Deadline<Add>> deadline(Count state) {
            Instant at = state.asOf().plus(Duration.ofDays(1));
            return state.number() > 0 ? Optional.of(new Deadline<>(at, new Add(-state.number()))) : Optional.empty();
        }

        @Override
        public Add settle(String effectId, Outcome outcome) {
            return new Add(-1);
        }
    }
}
