/**
 * What controllers, scheduler and kubelets do in a real cluster: it plays rollouts in
 * visible seconds.
 */
@NullMarked
package io.gennaker.web.sandbox.controller;

import org.jspecify.annotations.NullMarked;
