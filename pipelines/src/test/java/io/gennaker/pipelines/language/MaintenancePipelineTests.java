package io.gennaker.pipelines.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MaintenancePipelineTests {

	@Test
	void theExampleIsValidForTheParserAndTheSandboxClusters() throws IOException {
		String yaml = Files.readString(Path.of("examples/maintenance/pipeline.yaml"));
		assertThat(Corpus.problems(new PipelineReader().read(PipelineFiles.of(yaml), ExampleFiles.INVENTORY)))
			.isEmpty();
	}

}
