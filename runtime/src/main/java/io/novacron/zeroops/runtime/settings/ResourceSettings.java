package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import java.time.Duration;

/** How long the owner of a resource waits for the provider. */
public record ResourceSettings(
        @Key(
                        value = "30s",
                        min = "1s",
                        max = "30m",
                        says = "For the answer to a change, after which its outcome counts as unknown.")
                Duration callPatience,
        @Key(
                        value = "2m",
                        min = "1s",
                        max = "30m",
                        says = "For the answer to a question, after which a person has to look.")
                Duration askPatience,
        @Key(
                        value = "2m",
                        min = "1s",
                        max = "30m",
                        says = "For a change to show, such as all instances ready: longer than machines take to boot.")
                Duration verifyPatience) {

    ResourcePolicy policy() {
        return new ResourcePolicy(callPatience, askPatience, verifyPatience, ResourcePolicy.DEFAULTS.reportPatience());
    }
}
