package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintsTest {
    private final Fingerprints prints = new Fingerprints(1);

    private boolean isNews(String resource, long fingerprint) {
        return prints.isNews(resource, fingerprint);
    }

    @Test
    void whatIsNewIsNewsOnceAndWhatChangedThreeTimesUnlessItIsForgotten() {
        for (int list = 0; list < 10; list++) {
            prints.begin();
            assertThat(isNews("vm/a", list < 4 ? 7 : 8))
                    .as("list %d", list)
                    .isEqualTo(list == 0 || (list >= 4 && list < 7) || list == 9);
            assertThat(isNews("vm/b", 7)).as("list %d", list).isEqualTo(list == 0);
            if (list == 8) {
                prints.forget("vm/a");
            }
        }
    }

    @Test
    void whatIsListedNoMoreIsForgotten() {
        for (int list = 0; list < 100; list++) {
            prints.begin();
            for (int vm = list * 10; vm < list * 10 + 1000; vm++) {
                boolean isNew = list == 0 || vm >= list * 10 + 990;
                assertThat(isNews("vm/" + vm, vm)).isEqualTo(isNew);
            }
        }
        prints.begin();
        assertThat(prints.size()).isEqualTo(1000);
        prints.begin();
        assertThat(prints.size()).isZero();
    }

    @Test
    void aNameThatIsTooLongIsAlwaysNews() {
        prints.begin();
        assertThat(isNews("vm/" + "x".repeat(200), 1)).isTrue();
        assertThat(isNews("vm/" + "x".repeat(200), 1)).isTrue();
    }
}
