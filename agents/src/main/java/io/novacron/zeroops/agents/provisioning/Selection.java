package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;

/** Which type is the cheapest that holds a need, and why not a cheaper one. */
public sealed interface Selection {

    /** One sentence for people. */
    String explanation();

    /**
     * The cheapest that holds it all.
     *
     * @param binding the dimension without whose need the cheapest type would cost least; where none alone would make it
     *     cheaper, the one of which the need takes the largest share
     * @param bindingCost what the need in that dimension adds to the price an hour
     */
    record Chosen(Resources need, InstanceType type, Dimension binding, Money bindingCost) implements Selection {

        /** Of the binding dimension. */
        public double share() {
            return need.shareOf(type.capacity(), binding);
        }

        @Override
        public String explanation() {
            return type.name() + " at " + type.onDemand() + "/h: " + Resources.number(need.of(binding)) + " of its "
                    + Resources.number(type.capacity().of(binding)) + " " + binding.unit() + " are needed"
                    + (bindingCost.isPositive()
                            ? ", without which the cheapest type would cost " + bindingCost + "/h less"
                            : "; no single dimension makes it dearer");
        }
    }

    /**
     * No type holds it.
     *
     * @param dimension of which no type has enough; where each has a type that has, the one without which some type would do
     * @param largest that any type has of it
     */
    record NothingFits(Resources need, Dimension dimension, double largest, String largestType) implements Selection {

        @Override
        public String explanation() {
            double needed = need.of(dimension);
            return needed > largest
                    ? "no type has " + Resources.number(needed) + " " + dimension.unit() + ": the most is "
                            + Resources.number(largest) + ", of " + largestType
                            + "; spread the load over more machines, or allow more types"
                    : "no type has all of " + need + " together; " + Resources.number(needed) + " " + dimension.unit()
                            + " alone could be had with " + largestType;
        }
    }
}
