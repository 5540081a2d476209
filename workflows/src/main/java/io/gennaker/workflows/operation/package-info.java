/**
 * What is done to objects in one cluster, besides rolling a release out.
 */
@NullMarked
package io.gennaker.workflows.operation;

import org.jspecify.annotations.NullMarked;
