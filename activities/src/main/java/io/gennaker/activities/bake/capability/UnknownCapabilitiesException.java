package io.gennaker.activities.bake.capability;

/**
 * A cluster that does not answer, and of which nothing is known from before. May pass.
 */
public final class UnknownCapabilitiesException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnknownCapabilitiesException(String cluster, String reason) {
		super("the chart asks for .Capabilities, but cluster " + cluster
				+ " does not answer, and it never told its version and APIs before: " + reason
				+ ". The bake is tried again until it answers");
	}

}
