package io.novacron.zeroops.simulations.fleet;

import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.simulations.fault.Faults;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Providers that break one promise each. */
public final class FlawedProviders {
    private FlawedProviders() {}

    /** Lets a lower generation pass after a higher one. */
    public static final class Unfenced extends SimulatedProvider {
        public Unfenced(Clock clock, Faults faults, EffectListener listener) {
            super(clock, faults, listener);
        }

        @Override
        boolean isFenced(long fence, long generation) {
            return false;
        }
    }

    /** Remembers no key: a repeat is done anew. */
    public static final class Forgetful extends SimulatedProvider {
        public Forgetful(Clock clock, Faults faults, EffectListener listener) {
            super(clock, faults, listener);
        }

        @Override
        @Nullable
        Outcome known(Map<String, Outcome> answered, String key) {
            return null;
        }
    }
}
