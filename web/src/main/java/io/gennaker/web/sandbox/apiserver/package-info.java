/**
 * An emulation of the Kubernetes API server: objects, server-side apply and watches over
 * HTTP.
 */
@NullMarked
package io.gennaker.web.sandbox.apiserver;

import org.jspecify.annotations.NullMarked;
