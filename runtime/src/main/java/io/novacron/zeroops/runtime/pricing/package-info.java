/** Where the prices of instance types come from: lists in files. What is done with them is in agents.provisioning. */
@NullMarked
package io.novacron.zeroops.runtime.pricing;

import org.jspecify.annotations.NullMarked;
