package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NameIndexTest {

    /** Beside a map, through many additions and removals. */
    @Test
    void doesWhatAMapDoes() {
        var random = new SplittableRandom(3);
        var index = new NameIndex(300, 99);
        Map<String, Integer> model = new HashMap<>();
        for (int step = 0; step < 200_000; step++) {
            String name = "n" + "x".repeat(random.nextInt(20)) + random.nextInt(250);
            byte[] text = ("__" + name).getBytes(StandardCharsets.US_ASCII);
            int found = index.find(text, 2, text.length - 2);
            assertThat(found).isEqualTo(model.getOrDefault(name, -1));
            if (found >= 0 && random.nextInt(3) == 0) {
                index.remove(found);
                model.remove(name);
            } else if (found < 0) {
                int number = index.add(text, 2, text.length - 2);
                if (model.size() == 300) {
                    assertThat(number).isEqualTo(-1);
                    String victim = List.copyOf(model.keySet()).get(random.nextInt(300));
                    index.remove(model.remove(victim));
                } else {
                    assertThat(model).doesNotContainValue(number);
                    model.put(name, number);
                }
            }
            assertThat(index.size()).isEqualTo(model.size());
        }
        assertThat(index.numbers()).isLessThanOrEqualTo(300);
        model.forEach((name, number) -> assertThat(index.name(number)).isEqualTo(name));
    }
}
