package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Action;

/** What a freeze covers. */
public sealed interface Scope {
    boolean covers(Action action);

    @TypeName("calendar.Everything/1")
    record Everything() implements Scope {
        @Override
        public boolean covers(Action action) {
            return true;
        }
    }

    @TypeName("calendar.Region/1")
    record Region(String region) implements Scope {
        @Override
        public boolean covers(Action action) {
            return action.region().equals(region);
        }
    }

    /** @param address as in {@link Action#resource} */
    @TypeName("calendar.Resource/1")
    record Resource(String address) implements Scope {
        @Override
        public boolean covers(Action action) {
            return action.resource().equals(address);
        }
    }
}
