package io.novacron.zeroops.simulations.forecast;

/** A simple forecast of blocks to measure others by. It learns from what it is shown only. */
interface Rival {
    /** Takes a block that has ended; NaN for one that is missing. */
    void observe(int block, double mean);

    /** The mean of the block {@code ahead} after the last observed; NaN before it knows one. */
    double forecast();
}
