package io.novacron.zeroops.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.ops.OpsState;
import io.novacron.zeroops.agents.scaling.ScalerState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {
    private final EventCodec events = new EventCodec();
    private final SnapshotCodec codec = new SnapshotCodec(events);

    private static State sampleOf(Class<? extends State> type) {
        return type.cast(SampleFactory.sampleOf(type));
    }

    @Test
    void everyStateComesBack() {
        for (var type : Vocabulary.states()) {
            State sample = sampleOf(type);
            assertThat(codec.fromBytes(codec.toBytes(sample))).contains(sample);
            assertThat(events.fromCbor(events.toCbor(sample), State.class)).isEqualTo(sample);
        }
        State initial = new BudgetAgent("main", BudgetPolicy.DEFAULT).initial();
        assertThat(codec.fromBytes(codec.toBytes(initial))).contains(initial);
    }

    /** Keys are sorted as what they are, not as the text that they are written as: 9 comes before 10. */
    @Test
    void mapsComeBackInTheOrderOfTheirKeys() {
        var ops = (OpsState) sampleOf(OpsState.class);
        var one = ops.awaited().values().iterator().next();
        var awaited = ops.awaited().plus(10L, one).plus(9L, one).plus(-1L, one);
        var state = new OpsState(
                ops.mode(), ops.override(), ops.announced(), awaited, ops.page(), ops.ledger(), ops.asOf());
        var read = (OpsState) codec.fromBytes(codec.toBytes(state)).orElseThrow();
        assertThat(read.awaited().keySet()).containsExactlyElementsOf(awaited.keySet());
        assertThat(read.awaited().minus(9L)).isEqualTo(awaited.minus(9L));
        assertThat(read.awaited().firstKey()).isEqualTo(-1);
    }

    @Test
    void whatWasDamagedIsNotRead() {
        byte[] whole = codec.toBytes(sampleOf(ScalerState.class));
        for (int length = 0; length < whole.length; length++) {
            assertThat(codec.fromBytes(Arrays.copyOf(whole, length))).isEmpty();
        }
        assertThat(codec.fromBytes(Arrays.copyOf(whole, whole.length + 1))).isEmpty();
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(codec.fromBytes(flipped)).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void whatIsSoundButNoStateOfThatShapeIsNotRead() {
        byte[] scaler = codec.toBytes(sampleOf(ScalerState.class));
        byte[] budget = codec.toBytes(sampleOf(BudgetState.class));
        System.arraycopy(budget, 0, scaler, 0, Long.BYTES);
        assertThat(codec.fromBytes(scaler)).isEmpty();
    }

    @Test
    void whatAnotherBuildWroteIsNotRead() {
        byte[] bytes = codec.toBytes(sampleOf(ScalerState.class));
        long shape = ByteBuffer.wrap(bytes).getLong();
        assertThat(shape).isEqualTo(Shape.fingerprint(ScalerState.class));
        ByteBuffer.wrap(bytes).putLong(shape + 1);
        assertThat(codec.fromBytes(bytes)).isEmpty();
    }

    @Test
    void equalStatesAreEqualBytesFromAnyCodec() {
        for (var type : Vocabulary.states()) {
            assertThat(new SnapshotCodec(new EventCodec()).toBytes(sampleOf(type)))
                    .isEqualTo(codec.toBytes(sampleOf(type)));
        }
    }

    private record Stranger(Instant asOf) implements State {}

    @Test
    void refusesToWriteWhatIsNotInTheVocabulary() {
        assertThatThrownBy(() -> codec.toBytes(new Stranger(Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(Stranger.class.getName() + " is no state of the Vocabulary");
    }
}
