/**
 * An OCI registry inside this process, with the images of the example.
 */
@NullMarked
package io.gennaker.web.sandbox.registry;

import org.jspecify.annotations.NullMarked;
