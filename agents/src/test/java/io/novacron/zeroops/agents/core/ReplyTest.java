package io.novacron.zeroops.agents.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTest {
    private record Seen(int number) implements Answer {}

    @Test
    void aRefusalIsFinalSinceTheReceiverDecidedIt() {
        assertThat(Reply.refused("too_late").asOutcome()).isEqualTo(new Outcome.Failed("too_late", false));
        assertThat(Reply.refused("too_late").asOutcome().isFinal()).isTrue();
    }

    @Test
    void whatWasPutOffIsTriedAgainSinceNobodyDecidedIt() {
        assertThat(Reply.notNow("overloaded").asOutcome()).isEqualTo(new Outcome.Failed("overloaded", true));
        assertThat(Reply.notNow("overloaded").asOutcome().isFinal()).isFalse();
        assertThat(Reply.notNow("overloaded").accepted()).isFalse();
        assertThat(Result.notNow("overloaded")).isEqualTo(new Result<>(List.of(), Reply.notNow("overloaded")));
    }

    @Test
    void aRefusalMayComeWithWhatTheSenderNeedsToKnow() {
        assertThat(Reply.refused("too_long", new Seen(4)).answer()).isEqualTo(new Seen(4));
        assertThat(Reply.refused("too_long", new Seen(4)).accepted()).isFalse();
    }

    @Test
    void anAnswerComesWithItsSuccess() {
        assertThat(Reply.of(new Seen(3)).asOutcome()).isEqualTo(new Outcome.Succeeded(new Seen(3)));
        assertThat(Reply.DONE.asOutcome()).isEqualTo(Outcome.DONE);
        assertThat(Outcome.DONE.isFinal()).isTrue();
    }

    @Test
    void whatMayYetComeIsNotFinal() {
        assertThat(new Outcome.Failed("busy", true).isFinal()).isFalse();
        assertThat(new Outcome.Unknown("timeout").isFinal()).isFalse();
    }

    @Test
    void aResultAnswersBesideItsEvents() {
        var result = Result.of("first", "second").answering(new Seen(1));
        assertThat(result).isEqualTo(new Result<>(List.of("first", "second"), Reply.of(new Seen(1))));
        assertThat(Result.answered(new Seen(2))).isEqualTo(new Result<>(List.of(), Reply.of(new Seen(2))));
        assertThat(Result.nothing()).isEqualTo(new Result<>(List.of(), Reply.DONE));
    }
}
