package io.novacron.zeroops.agents.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Expiries.Expiry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpiriesTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");

    /** Against a plain map, which looks at all there is. */
    @Test
    void findsWhatIsDueAsAMapWouldThatLooksAtAll() {
        var random = new SplittableRandom(7);
        Expiries expiries = Expiries.NONE;
        Map<String, Instant> model = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            String id = "id-" + random.nextInt(50);
            if (random.nextInt(3) == 0) {
                expiries = expiries.minus(id);
                model.remove(id);
            } else {
                Instant at = T0.plusNanos(random.nextInt(40));
                expiries = expiries.plus(id, at);
                model.put(id, at);
            }
            Instant now = T0.plusNanos(random.nextInt(40));
            List<String> due = model.entrySet().stream()
                    .filter(e -> !e.getValue().isAfter(now))
                    .sorted(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(expiries.due(now)).isEqualTo(due);
            assertThat(expiries.sizeAfter(now)).isEqualTo(model.size() - due.size());
            assertThat(expiries.isDue(id, now)).isEqualTo(due.contains(id));
            assertThat(expiries.contains(id)).isEqualTo(model.containsKey(id));
            assertThat(expiries.size()).isEqualTo(model.size());
            assertThat(expiries.first().map(Expiry::at))
                    .isEqualTo(model.values().stream().min(Comparator.naturalOrder()));
            assertThat(expiries.isSound()).isTrue();
        }
    }

    @Test
    void givesOutTheEarliestFirstAndNoMoreThanFitOneEvent() {
        Expiries expiries = Expiries.NONE;
        for (int i = 0; i <= Expiries.DUE_MAX; i++) {
            expiries = expiries.plus("id-" + i, T0.minusSeconds(i));
        }
        List<String> due = expiries.due(T0);
        assertThat(due).hasSize(Expiries.DUE_MAX).doesNotContain("id-0").startsWith("id-" + Expiries.DUE_MAX);
        assertThat(expiries.minusAll(due).due(T0)).containsExactly("id-0");
        assertThat(expiries.minusAll(due).minus("id-0")).isEqualTo(Expiries.NONE);
    }

    @Test
    void booksThatDisagreeAreFoundOut() {
        var sound = Expiries.NONE.plus("a", T0);
        var later = Expiries.NONE.plus("a", T0.plusNanos(1));
        assertThat(new Expiries(sound.instants(), later.order()).isSound()).isFalse();
        assertThat(new Expiries(Expiries.NONE.instants(), sound.order()).isSound())
                .isFalse();
    }
}
