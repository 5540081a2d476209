package io.gennaker.web.api;

/**
 * What is wrong with one field of a request; an element of {@code problems}.
 *
 * @param path the field, such as {@code parameters.chartVersion}
 * @param message for people
 */
public record FieldProblem(String path, String message) {
}
