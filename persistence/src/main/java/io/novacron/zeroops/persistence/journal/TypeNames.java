package io.novacron.zeroops.persistence.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.TypeName;
import java.util.List;
import java.util.stream.Stream;

/** Teaches Jackson each record's {@link TypeName}, so that agents need know nothing of Jackson. */
final class TypeNames extends SimpleModule {
    private static final long serialVersionUID = 1L;

    private static final List<Class<?>> BASES =
            List.of(Command.class, Event.class, State.class, Outcome.class, Answer.class);

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@type")
    private interface Named {}

    TypeNames() {
        super("zeroops-type-names");
        // A root of none of the bases names its records too, so that a component of its type can be read back.
        Stream.concat(BASES.stream(), Vocabulary.roots().stream())
                .forEach(base -> setMixInAnnotation(base, Named.class));
        Stream.concat(Vocabulary.types().stream(), Vocabulary.states().stream())
                .forEach(type -> registerSubtypes(new NamedType(type, Vocabulary.nameOf(type))));
    }
}
