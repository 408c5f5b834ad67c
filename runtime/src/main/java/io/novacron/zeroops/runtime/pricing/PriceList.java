package io.novacron.zeroops.runtime.pricing;

import io.novacron.zeroops.agents.provisioning.Catalogue;
import java.util.List;

/** @param notes what a reader must know, such as types that were left out */
public record PriceList(Catalogue catalogue, List<String> notes) {}
