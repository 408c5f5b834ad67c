package io.novacron.zeroops.simulations.scenario;

/** Hears how far a scenario has come. Called once a virtual minute or so: implementations are cheap and never throw. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (what, fraction) -> {};

    /**
     * So far.
     *
     * @param what is being done now, for people: {@code seed 7 of 20, x6-step}
     * @param fraction of the whole that is done, 0..1
     */
    void at(String what, double fraction);
}
