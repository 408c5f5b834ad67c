/**
 * The negotiation: what is proposed, who must agree, what came of it. {@link
 * io.novacron.zeroops.agents.decision.DecisionAgent} is the one place where votes meet; the rest of this package is the
 * vocabulary that proposers, reviewers and owners of resources share with it. Uses core only: whoever reviews or owns
 * depends on this package, never the other way round.
 */
@NullMarked
package io.novacron.zeroops.agents.decision;

import org.jspecify.annotations.NullMarked;
