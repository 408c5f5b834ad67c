/**
 * What dashboards and queries read: projections of the journal in global order, kept in the journal's own database. Never
 * asks an actor. Uses the journal and the agents' vocabulary.
 */
@NullMarked
package io.novacron.zeroops.persistence.view;

import org.jspecify.annotations.NullMarked;
