/**
 * Bakes and manifests, each kept once under its SHA-256.
 */
@NullMarked
package io.gennaker.web.bake;

import org.jspecify.annotations.NullMarked;
