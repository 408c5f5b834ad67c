package io.novacron.zeroops.simulations.evaluation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers for people, alike in every locale. */
public final class Numbers {
    private Numbers() {}

    public static String fixed(@Nullable Double value, int digits) {
        return value == null || !Double.isFinite(value) ? "-" : String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    public static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
