package io.gennaker.activities.bake.source;

/**
 * What an earlier bake made of a source.
 *
 * @param version the chart's version
 * @param reference the digest or commit
 */
record Pin(String version, String reference) {
}
