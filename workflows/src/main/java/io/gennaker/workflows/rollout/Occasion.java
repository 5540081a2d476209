package io.gennaker.workflows.rollout;

/**
 * What a rollout is to the chart's hooks, which run on some occasions only. It is decided
 * once, before anything is applied: half way through a first installation, what is there
 * already would look like an upgrade.
 */
public enum Occasion {

	/** The release has never been there in whole. */
	INSTALL,
	/** The release is there in another version. */
	UPGRADE,
	/** The cluster goes back to an earlier release. */
	ROLLBACK

}
