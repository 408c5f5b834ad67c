/** How people are told. Uses the agents' vocabulary; knows no Akka. */
@NullMarked
package io.novacron.zeroops.runtime.notify;

import org.jspecify.annotations.NullMarked;
