package io.novacron.zeroops.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {
    @ParameterizedTest
    @ValueSource(strings = {"7", "0", "1..20", "3,5,7", "5,4", "0..99999", "9007199254740991"})
    void readsWhatItWrites(String text) {
        assertThat(Seeds.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "1,",
                "..",
                "1..",
                "..2",
                "2..1",
                "1..2..3",
                "1-2",
                "-1",
                "+1",
                "1.5",
                "1e3",
                "0x1",
                "1,1",
                "0..100000",
                "9007199254740992",
                "12345678901234567",
                "٣"
            })
    void refusesTheRestByNamingARemedy(String text) {
        assertThatThrownBy(() -> Seeds.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(".*; (write|use|give|run) .*");
    }
}
