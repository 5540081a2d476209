package io.gennaker.workflows.journal;

import java.util.List;

/**
 * Entries of several clusters that are written in one go. A record, because a bare list
 * as an argument loses its element type.
 */
public record ClusterEntries(List<ClusterEntry> entries) {

	public ClusterEntries {
		entries = List.copyOf(entries);
	}

}
