/**
 * What a worker must serve.
 */
@NullMarked
package io.gennaker.workflows.worker;

import org.jspecify.annotations.NullMarked;
