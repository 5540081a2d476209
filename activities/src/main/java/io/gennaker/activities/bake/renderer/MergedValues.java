package io.gennaker.activities.bake.renderer;

import io.gennaker.activities.bake.origin.ValueOrigins;

/**
 * What templates see as {@code .Values}.
 *
 * @param json the values as Helm merged them, a JSON object
 * @param origins the layers that they were merged of
 */
public record MergedValues(String json, ValueOrigins origins) {
}
