package io.gennaker.activities.bake.origin;

/**
 * What a layer says of a key.
 *
 * @param layer the layer's name
 * @param kind where the layer comes from
 * @param line in which line it stands, from 1; 0 where the layer has no lines
 * @param text the value as written; mappings and lists in one line
 * @param nothing whether it takes the key away, by null
 * @param mapping whether it gives a mapping with keys of its own
 */
public record Given(String layer, Layer.Kind kind, int line, String text, boolean nothing, boolean mapping) {

	/**
	 * Such as {@code values/prod.yaml:12} or {@code set of stage bake}.
	 */
	public String place() {
		return (this.line > 0) ? this.layer + ":" + this.line : this.layer;
	}

}
