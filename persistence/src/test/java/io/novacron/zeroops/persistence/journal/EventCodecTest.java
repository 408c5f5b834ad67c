package io.novacron.zeroops.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final Action ACTION =
            Action.of(ActionClass.SCALE_OUT, "workload/web", "shop", "eu-1", 10, 60, Money.dollars(0.10));
    private static final Hold HOLD = new Hold("scaler/web/17", ACTION, Priority.P1, T0);

    private final EventCodec codec = new EventCodec();

    private static List<Class<?>> allTypes() {
        List<Class<?>> all = new ArrayList<>(Vocabulary.types());
        all.addAll(Vocabulary.states());
        return all;
    }

    @Test
    void namesAreUniqueAndCarryAVersion() {
        assertThat(allTypes().stream().map(Vocabulary::nameOf))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+\\.[A-Z][A-Za-z]+/[1-9][0-9]*"));
    }

    @Test
    void everyTypeComesBackFromBothForms() {
        for (Class<?> type : allTypes()) {
            Object sample = SampleFactory.sampleOf(type);
            assertThat((Object) codec.fromCbor(codec.toCbor(sample), type)).isEqualTo(sample);
            assertThat((Object) codec.fromJson(codec.toJson(sample), type)).isEqualTo(sample);
        }
    }

    @Test
    void bytesNameTheTypeAndNoClass() {
        for (Class<?> type : allTypes()) {
            assertThat(new String(codec.toCbor(SampleFactory.sampleOf(type)), StandardCharsets.ISO_8859_1))
                    .contains(Vocabulary.nameOf(type))
                    .doesNotContain("novacron");
        }
    }

    @Test
    void jsonHasTheComponentsInOrderAndNothingElse() {
        assertThat(codec.toJson(HOLD))
                .isEqualTo(
                        "{\"@type\":\"review.Hold/1\",\"decision\":\"scaler/web/17\",\"action\":{\"kind\":\"SCALE_OUT\","
                                + "\"resource\":\"workload/web\",\"project\":\"shop\",\"region\":\"eu-1\",\"from\":10,\"to\":60,"
                                + "\"unit_cost_per_hour\":100000,\"bytes_deleted\":0,\"rollout\":\"\"},\"priority\":\"P1\","
                                + "\"until\":\"2026-01-01T00:00:00.123456789Z\"}");
        assertThat(codec.toJsonFields(new Confirm("d"))).isEqualTo("{\"decision\":\"d\"}");
    }

    /** What is inside keeps its name even where the record's own is left out. */
    @Test
    void jsonFieldsKeepTheNamesInside() {
        assertThat(codec.toJsonFields(new Outcome.Succeeded(new Vote.Counter(6, "limit", ""))))
                .isEqualTo(
                        "{\"answer\":{\"@type\":\"vote.Counter/1\",\"to\":6,\"constraint\":\"limit\",\"detail\":\"\"}}");
    }

    @Test
    void equalRecordsAreEqualBytesFromAnyCodec() {
        var same = new Hold("scaler/web/17", ACTION.withTo(60), Priority.P1, T0);
        assertThat(new EventCodec().toCbor(same)).isEqualTo(codec.toCbor(HOLD));
    }

    @Test
    void timesAreExactAlsoFarAway() {
        for (Instant until : new Instant[] {
            T0, Instant.EPOCH.minusNanos(1), Instant.parse("9999-12-31T23:59:59.999999999Z"), Instant.MIN.plusNanos(1)
        }) {
            var hold = new Change.Running(until);
            assertThat(codec.fromCbor(codec.toCbor(hold), Change.class)).isEqualTo(hold);
            assertThat(codec.fromJson(codec.toJson(hold), Change.class)).isEqualTo(hold);
        }
    }

    @Test
    void refusesToWriteWhatIsNotInTheVocabulary() {
        assertThatThrownBy(() -> codec.toCbor("text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("@TypeName");
        assertThatThrownBy(() -> codec.toCbor(new Stranger(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stranger.Stranger/1 is not in the Vocabulary");
    }

    @TypeName("stranger.Stranger/1")
    private record Stranger(int value) implements Answer {}

    @Test
    void everyTruncationIsRefused() {
        byte[] whole = codec.toCbor(HOLD);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.fromCbor(part, Command.class)).isInstanceOf(JournalFormatException.class);
        }
        byte[] more = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> codec.fromCbor(more, Command.class)).isInstanceOf(JournalFormatException.class);
    }

    @Test
    void anotherShapeIsRefused() {
        for (String json : new String[] {
            "{\"@type\":\"review.Confirm/1\"}",
            "{\"@type\":\"review.Confirm/1\",\"decision\":null}",
            "{\"@type\":\"review.Confirm/1\",\"decision\":\"d\",\"more\":1}",
            "{\"@type\":\"review.Confirm/2\",\"decision\":\"d\"}",
            "{\"decision\":\"d\"}",
            "{\"@type\":\"review.End/1\",\"decision\":\"d\",\"achieved\":null,\"until\":\"2026-01-01T00:00:00Z\"}",
            "{\"@type\":\"outcome.Unknown/1\",\"code\":\"c\"}"
        }) {
            assertThatThrownBy(() -> codec.fromJson(json, Command.class))
                    .as(json)
                    .isInstanceOf(JournalFormatException.class);
        }
    }
}
