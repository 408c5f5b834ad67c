package io.novacron.zeroops.runtime.learning;

public final class Tune {
    public static double QHALF = 24, FAST = 10, WF = 1, WS = 0.5, WD = 0.5, WI = 0.5, MINS = 0.01;

    private Tune() {}
}
