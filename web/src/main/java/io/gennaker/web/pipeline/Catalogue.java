package io.gennaker.web.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.language.PipelineReader;
import io.gennaker.pipelines.language.Problem;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.web.audit.Audit;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.TimeOrderedIds;
import io.gennaker.web.inventory.Inventory;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps pipelines: each valid change becomes a revision, what is invalid leaves the
 * current revision as it is.
 */
@Component
public class Catalogue {

	/** Who makes the revisions of folders. */
	static final String FOLDER = "folder";

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final JsonColumns json;

	private final Audit audit;

	private final Revisions revisions;

	private final Inventory inventory;

	private final PipelineReader reader = new PipelineReader();

	Catalogue(JdbcClient jdbc, TransactionOperations transactions, JsonColumns json, Audit audit, Revisions revisions,
			Inventory inventory) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.json = json;
		this.audit = audit;
		this.revisions = revisions;
		this.inventory = inventory;
	}

	/**
	 * Reads a pipeline's files without keeping anything.
	 * @param name what the pipeline must be called
	 */
	public ReadResult read(String name, PipelineFiles files) {
		ReadResult result = this.reader.read(files, this.inventory.clusters());
		return switch (result) {
			case ReadResult.Invalid invalid -> invalid;
			case ReadResult.Valid(Pipeline pipeline) when pipeline.name().equals(name) -> result;
			case ReadResult.Valid(Pipeline pipeline) ->
				new ReadResult.Invalid(List.of(new Problem(PipelineFiles.PIPELINE, lineOfName(files), 1, "name",
						"the pipeline calls itself '" + pipeline.name() + "' but is kept as '" + name + "'")));
		};
	}

	/**
	 * Keeps what somebody sent. Files that equal the current revision's make no new one.
	 * @param name the pipeline's name
	 * @param user who sent it
	 */
	public Saved save(String name, PipelineFiles files, String user) {
		return switch (read(name, files)) {
			case ReadResult.Invalid(List<Problem> problems) -> new Saved.Refused(problems);
			case ReadResult.Valid(Pipeline pipeline) -> keep(pipeline, files, user, null);
		};
	}

	/**
	 * Keeps what lies in a folder. Where it is not valid its problems are kept to be
	 * shown. A folder that did not change since it became a revision last does not undo
	 * what came by the API since.
	 * @param name the folder's name
	 */
	Saved saveFolder(String name, PipelineFiles files, List<Problem> unreadable) {
		List<Problem> problems = new ArrayList<>(unreadable);
		if (problems.isEmpty()) {
			switch (read(name, files)) {
				case ReadResult.Invalid(List<Problem> found) -> problems.addAll(found);
				case ReadResult.Valid(Pipeline pipeline) -> {
					return keep(pipeline, files, FOLDER, Bundle.sha256(files));
				}
			}
		}
		this.jdbc.sql("""
				insert into pipelines (name, source, problems) values (?, 'folder', ?::jsonb)
				on conflict (name) do update set problems = excluded.problems""")
			.params(name, this.json.write(problems))
			.update();
		return new Saved.Refused(problems);
	}

	/**
	 * The files of a pipeline's current revision; empty where there is none.
	 */
	public Optional<PipelineFiles> currentFiles(String name) {
		return this.jdbc.sql("select current_revision from pipelines where name = ? and current_revision is not null")
			.param(name)
			.query(UUID.class)
			.optional()
			.map((revision) -> this.revisions.files(revision.toString()));
	}

	private Saved keep(Pipeline pipeline, PipelineFiles files, String by, @Nullable String folderSha256) {
		String sha256 = Bundle.sha256(files);
		return this.transactions.execute((_) -> {
			this.jdbc.sql("insert into pipelines (name, source) values (?, ?) on conflict do nothing")
				.params(pipeline.name(), (folderSha256 != null) ? FOLDER : "api")
				.update();
			Current current = current(pipeline.name());
			boolean known = sha256.equals(current.sha256())
					|| (folderSha256 != null && folderSha256.equals(current.folderSha256()));
			int number = known ? current.number() : current.number() + 1;
			if (!known) {
				insert(pipeline, files, sha256, number, by);
			}
			this.jdbc.sql("""
					update pipelines set problems = '[]', folder_sha256 = coalesce(:folder, folder_sha256)
					where name = :name""").param("folder", folderSha256).param("name", pipeline.name()).update();
			return new Saved.Kept(number, !known);
		});
	}

	private void insert(Pipeline pipeline, PipelineFiles files, String sha256, int number, String by) {
		UUID id = TimeOrderedIds.next();
		this.jdbc.sql("""
				insert into revisions (id, pipeline, number, description, document, bundle, sha256, created_by)
				values (?, ?, ?, ?, ?, ?, ?, ?)""")
			.params(id, pipeline.name(), number, pipeline.description(),
					Objects.requireNonNull(files.text(PipelineFiles.PIPELINE)), Bundle.of(files), sha256, by)
			.update();
		this.jdbc.sql("update pipelines set current_revision = ?, source = ? where name = ?")
			.params(id, by.equals(FOLDER) ? FOLDER : "api", pipeline.name())
			.update();
		this.audit.record(by, "pipeline.save", "pipeline:" + pipeline.name(), "done",
				"revision " + number + ", sha256 " + sha256);
	}

	/**
	 * The newest revision's number is also the current one's: revisions only go forward.
	 */
	private Current current(String name) {
		return this.jdbc.sql("""
				select coalesce(r.number, 0) as number, r.sha256, p.folder_sha256 from pipelines p
				left join revisions r on r.id = p.current_revision where p.name = ? for update of p""")
			.param(name)
			.query((row, _) -> new Current(row.getInt("number"), row.getString("sha256"),
					row.getString("folder_sha256")))
			.single();
	}

	private static int lineOfName(PipelineFiles files) {
		String document = files.text(PipelineFiles.PIPELINE);
		List<String> lines = (document != null) ? document.lines().toList() : List.of();
		for (int i = 0; i < lines.size(); i++) {
			if (lines.get(i).startsWith("name:")) {
				return i + 1;
			}
		}
		return 1;
	}

	/**
	 * What keeping a pipeline led to.
	 */
	public sealed interface Saved {

		/**
		 * It is valid.
		 *
		 * @param revision the current revision's number
		 * @param created whether that is a new one
		 */
		record Kept(int revision, boolean created) implements Saved {
		}

		/**
		 * It has problems, and the current revision stays.
		 */
		record Refused(List<Problem> problems) implements Saved {
			public Refused {
				problems = List.copyOf(problems);
			}
		}

	}

	private record Current(int number, @Nullable String sha256, @Nullable String folderSha256) {
	}

}
