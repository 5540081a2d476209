package io.gennaker.web.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.activities.bake.RevisionFiles;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.language.PipelineReader;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Cluster;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The files and models of saved revisions. A revision never changes, but what reading it
 * leads to depends on the clusters that there are.
 */
@Component
public class Revisions implements RevisionFiles {

	private static final int REMEMBERED = 64;

	private final JdbcClient jdbc;

	private final PipelineReader reader = new PipelineReader();

	private final Map<Reading, ReadResult> remembered = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Reading, ReadResult> eldest) {
			return size() > REMEMBERED;
		}

	};

	Revisions(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public PipelineFiles files(String revisionId) {
		return this.jdbc.sql("select bundle from revisions where id = ?")
			.param(UUID.fromString(revisionId))
			.query((row, _) -> Bundle.files(row.getBytes("bundle")))
			.optional()
			.orElseThrow(() -> new IllegalArgumentException("there is no revision " + revisionId));
	}

	/**
	 * The revision's pipeline, or what is wrong with it for these clusters.
	 * @throws IllegalArgumentException if there is no such revision
	 */
	public ReadResult read(UUID revisionId, List<Cluster> inventory) {
		Reading reading = new Reading(revisionId, List.copyOf(inventory));
		synchronized (this.remembered) {
			ReadResult known = this.remembered.get(reading);
			if (known != null) {
				return known;
			}
		}
		ReadResult result = this.reader.read(files(revisionId.toString()), inventory);
		synchronized (this.remembered) {
			this.remembered.put(reading, result);
		}
		return result;
	}

	private record Reading(UUID revisionId, List<Cluster> inventory) {
	}

}
