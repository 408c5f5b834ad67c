@NullMarked
package io.novacron.zeroops.runtime.provider;

import org.jspecify.annotations.NullMarked;
