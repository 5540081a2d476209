/**
 * What runs in a child process; it sees the JDK and the native library alone.
 */
@NullMarked
package io.gennaker.activities.bake.renderer.child;

import org.jspecify.annotations.NullMarked;
