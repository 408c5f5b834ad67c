package io.novacron.zeroops.runtime.learning;

/** Fits a linear function; behind it the library that does. */
interface Regression {
    /**
     * The least squares with a penalty on large coefficients. The same arguments give the same answer on every machine.
     *
     * @param rows what is known, each as long as the first; at least one
     * @param targets what came of it, one a row
     * @param weights how much each row counts; not negative, not all 0
     * @param ridge penalty on the squared coefficients of standardised columns, as if so many rows spoke for 0; more than 0
     * @return a coefficient a column, and the constant; all finite
     */
    double[] fit(double[][] rows, double[] targets, double[] weights, double ridge);
}
