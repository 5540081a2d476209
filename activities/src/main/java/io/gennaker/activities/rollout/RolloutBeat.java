package io.gennaker.activities.rollout;

/**
 * What a group's activity tells Temporal, and finds again after its worker was lost.
 *
 * @param startedAt when the group's first attempt began, in milliseconds since 1970
 * @param done how many of the group's objects are through, in their order
 * @param changed how many of them the API server changed
 * @param objects how many there are
 * @param at the object at hand, for whoever looks at Temporal's own pages
 */
record RolloutBeat(long startedAt, int done, int changed, int objects, String at) {

	RolloutBeat at(String object) {
		return new RolloutBeat(this.startedAt, this.done, this.changed, this.objects, object);
	}

	RolloutBeat through(int nowDone, boolean didChange) {
		return new RolloutBeat(this.startedAt, nowDone, this.changed + (didChange ? 1 : 0), this.objects, this.at);
	}

}
