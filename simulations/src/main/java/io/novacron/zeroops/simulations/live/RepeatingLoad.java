package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.simulations.trace.Load;

/** A load that starts again when it ends, as often as its steps can be counted: a year of minutes 4,085 times. */
final class RepeatingLoad implements Load {
    private final Load once;
    private final int times;

    RepeatingLoad(Load once) {
        this.once = once;
        this.times = Integer.MAX_VALUE / once.steps();
    }

    @Override
    public int steps() {
        return times * once.steps();
    }

    @Override
    public long startMillis(int step) {
        return step / once.steps() * once.endMillis() + once.startMillis(step % once.steps());
    }

    @Override
    public double ratePerS(int step) {
        return once.ratePerS(step % once.steps());
    }

    @Override
    public long endMillis() {
        return times * once.endMillis();
    }
}
