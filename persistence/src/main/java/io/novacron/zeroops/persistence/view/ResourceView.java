package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.fleet.ResourceState;

/**
 * One resource as its journal tells it, by its address.
 *
 * @param state but for the slot, which is not kept for views and always free here
 */
public record ResourceView(String resource, ResourceState state) {}
