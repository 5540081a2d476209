package io.gennaker.workflows.release;

import java.util.List;

import io.gennaker.workflows.binding.BindingRequest;

/**
 * Places in the order of the request.
 */
public record ResolvedPlaces(List<BindingRequest.Place> places) {
}
