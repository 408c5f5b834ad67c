package io.novacron.zeroops.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.TypeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pcollections.PSortedMap;

class ShapeTest {
    private static final String HERE = ShapeTest.class.getName() + "$";

    @TypeName("test.Root/1")
    private record Root(List<Part> parts, PSortedMap<Long, Kind> kinds) {}

    private record Part(Optional<Kind> kind, Sort sort, int number) {}

    private enum Kind {
        A,
        B
    }

    sealed interface Sort {
        @TypeName("test.Leaf/1")
        record Leaf(String text) implements Sort {}

        @TypeName("test.Branch/1")
        record Branch(List<Sort> below) implements Sort {}
    }

    private record Open(Answer answer) {}

    private record Generic<T>(T value) {}

    private record Wild(List<?> values) {}

    /** Whatever of this changes, the fingerprint changes. */
    @Test
    void everythingThatBytesDependOnIsPartOfIt() {
        assertThat(Shape.of(Root.class))
                .isEqualTo(Map.of(
                        HERE + "Root",
                        "test.Root/1(parts:java.util.List<" + HERE + "Part>,kinds:org.pcollections.PSortedMap<"
                                + "java.lang.Long, " + HERE + "Kind>)",
                        HERE + "Part",
                        "(kind:java.util.Optional<" + HERE + "Kind>,sort:" + HERE + "Sort,number:int)",
                        HERE + "Kind",
                        "(A,B)",
                        HERE + "Sort",
                        "(" + HERE + "Sort$Leaf," + HERE + "Sort$Branch)",
                        HERE + "Sort$Leaf",
                        "test.Leaf/1(text:java.lang.String)",
                        HERE + "Sort$Branch",
                        "test.Branch/1(below:java.util.List<" + HERE + "Sort>)"));
        assertThat(Shape.fingerprint(Root.class))
                .isEqualTo(Shape.fingerprint(Root.class))
                .isNotEqualTo(Shape.fingerprint(Part.class));
    }

    @Test
    void whatLeavesOpenWhatIsStoredHasNone() {
        for (Class<?> open : List.of(Open.class, Generic.class, Wild.class)) {
            assertThatThrownBy(() -> Shape.fingerprint(open))
                    .as(open.getSimpleName())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("leaves open what is stored");
        }
    }
}
