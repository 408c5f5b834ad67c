package io.novacron.zeroops.simulations.invariant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those outside wrote down, by itself; against a journal it is checked with a node that ran. */
class EvidenceTest {
    @TempDir
    private Path directory = Path.of("");

    private Path file(String... lines) throws IOException {
        return Files.writeString(directory.resolve("lines"), String.join("\n", lines));
    }

    private static String effect(String resource, String key, long generation) {
        return "{\"event\":\"effect\",\"at\":\"2026-01-05T12:00:00Z\",\"key\":\"" + key + "\",\"resource\":\""
                + resource + "\",\"generation\":" + generation + ",\"instances\":3,\"recovered\":false}";
    }

    private static String answered(String resource, String key, long generation, String disposition) {
        return "{\"event\":\"answered\",\"at\":\"2026-01-05T12:00:00Z\",\"n\":1,\"key\":\"" + key + "\",\"resource\":\""
                + resource + "\",\"generation\":" + generation + ",\"disposition\":\"" + disposition + "\"}";
    }

    private List<String> problems(String... lines) throws IOException {
        var verdicts = new Verdicts();
        ProviderLog.read(file(lines)).check(verdicts);
        assertThat(verdicts.violated()).isEqualTo(verdicts.problems().size());
        return verdicts.problems().stream()
                .map(problem -> problem.substring(problem.indexOf(": ") + 2))
                .toList();
    }

    @Test
    void aProviderThatKeepsItsPromiseIsWell() throws IOException {
        assertThat(problems(
                        effect("vm/a", "k1", 1),
                        answered("vm/a", "k1", 1, "accepted"),
                        answered("vm/a", "k1", 1, "repeat"),
                        effect("vm/b", "k2", 1),
                        effect("vm/a", "loss-1", 0),
                        answered("vm/a", "q", 3, "accepted"),
                        answered("vm/a", "old", 2, "refused"),
                        effect("vm/a", "k3", 4)))
                .isEmpty();
    }

    @Test
    void aKeyThatTookEffectTwiceIsFound() throws IOException {
        assertThat(problems(effect("vm/a", "k1", 1), effect("vm/a", "k1", 1)))
                .containsExactly("provider's log: k1 took effect twice");
    }

    @Test
    void aLowerGenerationAfterAHigherIsFound() throws IOException {
        assertThat(problems(effect("vm/a", "k2", 2), effect("vm/b", "k3", 1), effect("vm/a", "k1", 1)))
                .containsExactly("provider's log: vm/a: generation 1 took effect after 2");
        assertThat(problems(answered("vm/a", "question", 5, "accepted"), effect("vm/a", "k4", 4)))
                .containsExactly("provider's log: vm/a: generation 4 took effect after 5");
    }

    @Test
    void aLineThatItsWriterDidNotFinishIsLeftOutAndAnyOtherIsNot() throws IOException {
        String whole = effect("vm/a", "k1", 1);
        assertThat(problems(whole, whole.substring(0, 40))).isEmpty();
        assertThatThrownBy(() -> problems(whole.substring(0, 40), whole))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("line 1: expected a JSON object");
        assertThatThrownBy(() -> problems("{\"event\":\"effect\",\"resource\":\"vm/a\",\"key\":7}"))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("line 1: key is 7, expected a string");
        assertThatThrownBy(() -> ProviderLog.read(directory.resolve("none")))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("none cannot be read");
    }

    @Test
    void whatWasAcknowledgedAndIsNotThereIsFound() throws IOException {
        var acknowledged = Acknowledgements.read(file(
                "{\"decision\":\"client/1\",\"at\":\"2026-01-05T12:00:00Z\"}",
                "{\"decision\":\"client/1\",\"at\":\"2026-01-05T12:00:09Z\",\"verdict\":\"approved\",\"end\":\"verified\"}",
                "{\"decision\":\"client/2\",\"at\":\"2026-01-05T12:00:00Z\"}"));
        var verdicts = new Verdicts();
        acknowledged.check(verdicts, false);
        assertThat(acknowledged.size()).isEqualTo(2);
        assertThat(verdicts.problems())
                .anyMatch(problem -> problem.endsWith("client/1 was acknowledged, and is not in the journal"))
                .anyMatch(problem -> problem.endsWith("client/1 was told to be APPROVED VERIFIED, and is  "))
                .anyMatch(problem -> problem.endsWith("client/2 was acknowledged, and is not in the journal"))
                .hasSize(3);
    }
}
