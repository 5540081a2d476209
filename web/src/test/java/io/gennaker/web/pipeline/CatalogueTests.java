package io.gennaker.web.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.language.Problem;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.web.service.Await;
import io.gennaker.web.service.TestService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogueTests {

	@TempDir
	private Path home;

	private final TestService service = new TestService();

	private final Catalogue catalogue = this.service.get(Catalogue.class);

	private final PipelineReads reads = this.service.get(PipelineReads.class);

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void aChangeIsANewRevisionAndTheSameAgainIsNone() {
		assertThat(save(TestService.PIPELINE)).isEqualTo(new Catalogue.Saved.Kept(1, true));
		assertThat(save(TestService.PIPELINE)).isEqualTo(new Catalogue.Saved.Kept(1, false));
		assertThat(save(TestService.PIPELINE + "# changed\n")).isEqualTo(new Catalogue.Saved.Kept(2, true));
		PipelineDetail detail = this.reads.find("classroom").orElseThrow();
		assertThat(detail.reading()).isInstanceOf(ReadResult.Valid.class);
		assertThat(detail.revisions()).extracting(PipelineDetail.RevisionSummary::number).containsExactly(2, 1);
		assertThat(detail.document()).endsWith("# changed\n");
		PipelineFiles first = this.service.get(Revisions.class).files(detail.revisions().getLast().id().toString());
		assertThat(first.text(PipelineFiles.PIPELINE)).isEqualTo(TestService.PIPELINE);
	}

	@Test
	void anInvalidPipelineLeavesTheCurrentRevision() {
		save(TestService.PIPELINE);
		assertThat(save("version: 1\nname: classroom\nstagse: {}\n")).isInstanceOf(Catalogue.Saved.Refused.class);
		assertThat(save(TestService.PIPELINE.replace("name: classroom", "name: library")))
			.isInstanceOfSatisfying(Catalogue.Saved.Refused.class, (refused) -> {
				assertThat(refused.problems()).extracting(Problem::path).containsExactly("name");
				assertThat(refused.problems()).extracting(Problem::line).containsExactly(2);
			});
		assertThat(this.reads.list(5).getFirst().revision()).isOne();
		assertThat(this.reads.list(5).getFirst().problems()).isEmpty();
	}

	@Test
	void sameFilesGiveTheSameBundle() {
		PipelineFiles files = PipelineFiles.of(TestService.PIPELINE);
		assertThat(Bundle.of(files)).isEqualTo(Bundle.of(files));
		assertThat(Bundle.files(Bundle.of(files)).all()).hasSameSizeAs(files.all());
	}

	@Test
	void foldersAreReadAtTheStartAndWhenTheyChange() throws IOException {
		write("pipelines/classroom/pipeline.yaml", TestService.PIPELINE);
		write("pipelines/broken/pipeline.yaml", "version: 1\nname: broken\nstages: [\n");
		PipelineFolders folders = folders();
		folders.start();
		try {
			assertThat(this.reads.list(5)).extracting(PipelineSummary::name).containsExactly("broken", "classroom");
			assertThat(this.reads.list(5).getFirst().problems()).isNotEmpty();
			assertThat(this.reads.list(5).getFirst().revision()).isNull();
			assertThat(this.reads.list(5).getLast().revision()).isOne();
			write("pipelines/classroom/pipeline.yaml", TestService.PIPELINE + "# changed\n");
			Await.until(() -> Integer.valueOf(2).equals(this.reads.list(5).getLast().revision()));
			write("pipelines/classroom/pipeline.yaml", "nothing: good\n");
			Await.until(() -> !this.reads.list(5).getLast().problems().isEmpty());
			assertThat(this.reads.list(5).getLast().revision()).isEqualTo(2);
		}
		finally {
			folders.stop();
		}
	}

	@Test
	void anUnchangedFolderDoesNotUndoWhatCameByTheApi() throws IOException {
		write("pipelines/classroom/pipeline.yaml", TestService.PIPELINE);
		start();
		save(TestService.PIPELINE + "# by the API\n");
		start();
		assertThat(this.reads.find("classroom").orElseThrow().document()).endsWith("# by the API\n");
	}

	@Test
	void aDeletedFolderKeepsThePipeline() throws IOException {
		write("pipelines/classroom/pipeline.yaml", TestService.PIPELINE);
		start();
		Files.delete(this.home.resolve("pipelines/classroom/pipeline.yaml"));
		start();
		assertThat(this.reads.find("classroom")).isPresent();
	}

	@Test
	void linksInFoldersAreRefusedAndWhatTheyLeadToIsNotShown() throws IOException {
		write("secret.yaml", "password: hunter2\n");
		write("pipelines/classroom/pipeline.yaml", TestService.PIPELINE);
		Files.createSymbolicLink(this.home.resolve("pipelines/classroom/values.yaml"),
				this.home.resolve("secret.yaml"));
		start();
		PipelineSummary pipeline = this.reads.list(5).getFirst();
		assertThat(pipeline.revision()).isNull();
		assertThat(pipeline.problems()).extracting(Problem::file).containsExactly("values.yaml");
		assertThat(pipeline.problems().toString()).contains("is a link").doesNotContain("hunter2");
	}

	@Test
	void sharedChartsThatAreReferredToBelongToTheRevision() throws IOException {
		write("charts/classroom/Chart.yaml", "name: classroom\n");
		write("charts/library/Chart.yaml", "name: library\n");
		write("pipelines/classroom/pipeline.yaml", """
				stages:
				  bake: {type: bake, chart: {path: charts/classroom}}
				  own: {type: bake, chart: {path: charts/own}}
				""");
		write("pipelines/classroom/charts/own/Chart.yaml", "name: own\n");
		write("pipelines/classroom/.git/config", "[core]\n");
		PipelineFolder.Content content = PipelineFolder.read(this.home.resolve("pipelines/classroom"),
				this.home.resolve("charts"), FolderLimits.DEFAULT);
		assertThat(content.problems()).isEmpty();
		assertThat(content.files().all()).containsOnlyKeys("pipeline.yaml", "charts/classroom/Chart.yaml",
				"charts/own/Chart.yaml");
	}

	@Test
	void aFolderThatIsTooMuchIsRefused() throws IOException {
		write("pipelines/classroom/pipeline.yaml", TestService.PIPELINE);
		write("pipelines/classroom/a.yaml", "x".repeat(2_000));
		PipelineFolder.Content content = PipelineFolder.read(this.home.resolve("pipelines/classroom"),
				this.home.resolve("charts"), new FolderLimits(10, 1_000, 4));
		assertThat(content.problems()).hasSize(1);
		assertThat(PipelineFolder
			.read(this.home.resolve("pipelines/classroom"), this.home.resolve("charts"),
					new FolderLimits(1, 1 << 20, 4))
			.problems()).extracting(Problem::message).first().asString().contains("one file too many");
	}

	private Catalogue.Saved save(String document) {
		return this.catalogue.save("classroom", PipelineFiles.of(document), "admin");
	}

	private PipelineFolders folders() {
		return new PipelineFolders(this.catalogue, this.home.resolve("pipelines"), this.home.resolve("charts"),
				Duration.ofMillis(20));
	}

	private void start() {
		PipelineFolders folders = folders();
		folders.start();
		folders.stop();
	}

	private void write(String path, String content) throws IOException {
		Path file = this.home.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

}
