package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.fleet.ResourceState;

/** One resource as its journal tells it, by its address. */
public record ResourceView(String resource, ResourceState state) {}
