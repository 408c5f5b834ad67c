package io.novacron.zeroops.simulations.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LivesTest {
    private final List<String> problems = new ArrayList<>();
    private final Lives lives = new Lives((holds, problem) -> {
        if (!holds) {
            problems.add(problem.get());
        }
    });

    @Test
    void oneLifeAfterAnotherIsWell() {
        lives.wrote("vm/a", 1, "first", 4);
        lives.wrote("vm/b", 1, "first", 4);
        lives.wrote("vm/a", 2, "first", 4);
        lives.wrote("vm/a", 3, "second", 4); // left memory and came back
        lives.wrote("vm/a", 4, "third", 7);
        lives.wrote("vm/b", 2, "second", 5);
        assertThat(problems).isEmpty();
    }

    @Test
    void writersByTurnsAreFound() {
        lives.wrote("vm/a", 1, "one", 1);
        lives.wrote("vm/a", 2, "other", 1);
        lives.wrote("vm/a", 3, "one", 1);
        assertThat(problems).containsExactly("vm/a: row 3 is of one, a life that had been followed by another");
    }

    @Test
    void anOldEpochIsFound() {
        lives.wrote("vm/a", 1, "one", 3);
        lives.wrote("vm/a", 2, "two", 2);
        lives.wrote("vm/a", 3, "three", 2);
        assertThat(problems)
                .containsExactly(
                        "vm/a: row 2 is of epoch 2, after one of 3", "vm/a: row 3 is of epoch 2, after one of 3");
    }

    @Test
    void aGapAndARepeatAreFound() {
        lives.wrote("vm/a", 1, "one", 0);
        lives.wrote("vm/a", 3, "one", 0);
        lives.wrote("vm/a", 3, "one", 0);
        assertThat(problems)
                .containsExactly("vm/a has row 3 where row 2 belongs", "vm/a has row 3 where row 4 belongs");
    }
}
