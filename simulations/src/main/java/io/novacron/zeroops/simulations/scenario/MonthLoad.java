package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.trace.Load;
import java.util.SplittableRandom;

/**
 * A month of requests, made from a seed, by the minute: high by day, two thirds as high at weekends, wandering, and now and then a crowd of
 * one and a half to three times as many for some minutes. Weeks begin on a Monday at midnight, where the run does.
 */
final class MonthLoad implements Load {
    private static final long STEP_MS = 60_000;
    private static final int DAY = 24 * 60;
    private static final int WORKDAYS = 5;
    private static final int DAYS = 7;
    private static final double NIGHT = 0.3;
    private static final double WEEKEND = 0.65;
    /** Of the wandering: its correlation from minute to minute, and its standard deviation, relative. */
    private static final double STAYING = 0.98;

    private static final double WANDERING = 0.05;
    private static final double NOISE = 0.02;
    private static final double CROWDS_A_DAY = 0.25;

    private final double[] perS;

    /** @param peakPerS of a usual weekday */
    MonthLoad(int days, double peakPerS, double peakHour, SplittableRandom random) {
        perS = new double[days * DAY];
        double wandered = 0;
        double crowd = 1;
        double crowdWanted = 1;
        int crowdEnds = 0;
        for (int minute = 0; minute < perS.length; minute++) {
            double step = WANDERING * StrictMath.sqrt(1 - STAYING * STAYING);
            wandered = STAYING * wandered + step * random.nextGaussian();
            if (minute >= crowdEnds) {
                boolean comes = random.nextDouble() < CROWDS_A_DAY / DAY;
                crowdWanted = comes ? random.nextDouble(1.5, 3) : 1;
                crowdEnds = comes ? minute + random.nextInt(10, 40) : minute + 1;
            }
            crowd += (crowdWanted - crowd) / 2; // gathers and leaves within some minutes
            double noise = NOISE * random.nextGaussian();
            perS[minute] = Math.max(0, peakPerS * usual(minute, peakHour) * (1 + wandered) * crowd * (1 + noise));
        }
    }

    private static double usual(int minute, double peakHour) {
        double hour = minute % DAY / 60.0;
        double height = (1 + StrictMath.cos(2 * Math.PI * (hour - peakHour) / 24)) / 2;
        int day = minute / DAY % DAYS;
        return (day < WORKDAYS ? 1 : WEEKEND) * (NIGHT + (1 - NIGHT) * height);
    }

    /** All that is asked for. */
    double requests() {
        double sum = 0;
        for (double rate : perS) {
            sum += rate * STEP_MS / 1e3;
        }
        return sum;
    }

    @Override
    public int steps() {
        return perS.length;
    }

    @Override
    public long startMillis(int step) {
        return step * STEP_MS;
    }

    @Override
    public double ratePerS(int step) {
        return perS[step];
    }

    @Override
    public long endMillis() {
        return perS.length * STEP_MS;
    }

    @Override
    public int stepAt(long atMillis) {
        return (int) Math.min(perS.length - 1, atMillis / STEP_MS);
    }
}
