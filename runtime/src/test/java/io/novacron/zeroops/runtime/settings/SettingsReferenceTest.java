package io.novacron.zeroops.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The file that is shipped and the reference in the manual are made of the table of keys. When it has changed, this fails, and
 * leaves what belongs there in {@code runtime/target}.
 */
class SettingsReferenceTest {
    private static final Path YAML = Path.of("../conf/zeroops.yaml");
    private static final Path MANUAL = Path.of("../docs/configuration.md");

    @Test
    void theShippedFileSetsEveryKeyToItsDefault() throws Exception {
        String expected = SettingsReference.yaml();
        Files.writeString(Path.of("target/zeroops.yaml"), expected);
        assertThat(YAML).as("copy runtime/target/zeroops.yaml there").content().isEqualTo(expected);
        var found = SettingsReader.find(YAML);
        assertThat(found.settings()).isEqualTo(Settings.DEFAULTS);
        assertThat(found.keysSet()).isEqualTo(leaves(Settings.class).size());
    }

    @Test
    void theManualListsEveryKeyWithItsDefault() throws IOException {
        String expected = SettingsReference.markdown();
        Files.writeString(Path.of("target/configuration.md"), expected);
        assertThat(MANUAL)
                .as("the tables of keys are those in runtime/target/configuration.md")
                .content()
                .contains(expected);
    }

    @Test
    void theExampleOfTheManualCanBeUsed() throws Exception {
        String example = Files.readString(MANUAL).split("```yaml\n", -1)[1].split("```", -1)[0];
        assertThat(SettingsReader.parse("manual", example).settings().budgetNodes())
                .extracting(Node::id)
                .containsExactly("all", "retail", "shop");
    }

    @Test
    void theTableIsWhole() {
        List<Field> all = leaves(Settings.class);
        assertThat(all).hasSizeGreaterThan(60);
        Stream.concat(
                        all.stream(),
                        Stream.of(WorkloadSettings.class, BudgetNodeSettings.class)
                                .flatMap(group -> Field.of(group).stream()))
                .forEach(SettingsReferenceTest::isWhole);
    }

    private static void isWhole(Field field) {
        Key key = field.key();
        assertThat(key.says()).as(field.name()).endsWith(".");
        assertThat(key.required()).as(field.name()).isEqualTo(key.value().isEmpty());
        assertThat(key.min().isEmpty()).as(field.name()).isEqualTo(key.max().isEmpty());
        if (Stream.of("number", "duration", "size", "money")
                .anyMatch(Form.isKnown(field.type()) ? Form.of(field.type()).noun()::contains : noun -> false)) {
            assertThat(key.max()).as(field.name() + " needs limits").isNotEmpty();
        }
        if (!key.max().isEmpty()) {
            Form<Object> form = Form.of(field.type());
            for (String limit : List.of(key.min(), key.max())) {
                Optional<Object> value = form.read(limit);
                assertThat(value).as(field.name()).hasValueSatisfying(Limits.of(field)::allow);
                assertThat(form.read(SettingsReference.plain(field, value.orElseThrow())
                                .toString()))
                        .isEqualTo(value);
            }
        }
    }

    private static List<Field> leaves(Class<?> group) {
        List<Field> leaves = new ArrayList<>();
        for (Field field : Field.of(group)) {
            if (field.isGroup()) {
                leaves.addAll(leaves(field.type()));
            } else {
                leaves.add(field);
            }
        }
        return leaves;
    }
}
