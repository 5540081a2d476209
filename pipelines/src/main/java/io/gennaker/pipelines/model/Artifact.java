package io.gennaker.pipelines.model;

import org.jspecify.annotations.Nullable;

/**
 * A component's container image.
 *
 * @param image the repository with its registry host and without tag or digest, such as
 * {@code registry.example.com/classroom/api}
 * @param required whether it must be bound somewhere in the manifests
 * @param defaultReference tag or digest where neither the start nor the last release
 * gives one
 */
public record Artifact(String image, boolean required, @Nullable String defaultReference) {
}
