/**
 * The Spring Boot application.
 */
@NullMarked
package io.gennaker.web;

import org.jspecify.annotations.NullMarked;
