package io.gennaker.web.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.List;
import java.util.regex.Pattern;

import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.language.PipelineSchema;
import io.gennaker.pipelines.language.Problem;
import io.gennaker.pipelines.language.ReadResult;
import io.gennaker.web.api.InvalidParameterException;
import io.gennaker.web.api.InvalidPipelineException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.audit.Audit;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Pipelines over HTTP.
 */
@RestController
@RequestMapping
class PipelineController {

	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

	private final PipelineReads reads;

	private final Catalogue catalogue;

	private final Audit audit;

	PipelineController(PipelineReads reads, Catalogue catalogue, Audit audit) {
		this.reads = reads;
		this.catalogue = catalogue;
		this.audit = audit;
	}

	@GetMapping("/api/v1/pipelines")
	@PreAuthorize("hasRole('VIEWER')")
	List<PipelineSummary> list() {
		return this.reads.list(5);
	}

	@GetMapping("/api/v1/pipelines/{name}")
	@PreAuthorize("hasRole('VIEWER')")
	PipelineAnswer get(@PathVariable String name) {
		return answer(name);
	}

	/**
	 * Keeps a revision: 201 for a new one, 200 where the files equal the current one's.
	 * The body is a zip or tar.gz of the pipeline's folder, or one YAML document, which
	 * replaces {@code pipeline.yaml} and keeps the current revision's other files.
	 */
	@PutMapping("/api/v1/pipelines/{name}")
	@PreAuthorize("hasRole('ADMIN')")
	ResponseEntity<PipelineAnswer> put(@PathVariable String name, InputStream body, Principal principal)
			throws IOException {
		check(name);
		Catalogue.Saved saved;
		try {
			saved = this.catalogue.save(name, files(name, body), principal.getName());
		}
		catch (UnusableUploadException ex) {
			saved = new Catalogue.Saved.Refused(List.of(ex.problem()));
		}
		return switch (saved) {
			case Catalogue.Saved.Kept(int _, boolean created) ->
				ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK).body(answer(name));
			case Catalogue.Saved.Refused(List<Problem> problems) -> {
				this.audit.record(principal.getName(), "pipeline.save", "pipeline:" + name, "refused",
						problems.getFirst().toString());
				throw new InvalidPipelineException("The pipeline has " + problems.size()
						+ ((problems.size() == 1) ? " problem" : " problems") + "; nothing was saved.", problems);
			}
		};
	}

	/**
	 * All problems of what would be a revision; nothing is kept.
	 */
	@PostMapping("/api/v1/pipelines/{name}/validate")
	@PreAuthorize("hasRole('ENGINEER')")
	Validation validate(@PathVariable String name, InputStream body) throws IOException {
		check(name);
		try {
			return switch (this.catalogue.read(name, files(name, body))) {
				case ReadResult.Valid _ -> new Validation(true, List.of());
				case ReadResult.Invalid(List<Problem> problems) -> new Validation(false, problems);
			};
		}
		catch (UnusableUploadException ex) {
			return new Validation(false, List.of(ex.problem()));
		}
	}

	/**
	 * The JSON Schema of the pipeline file, for editors.
	 */
	@GetMapping(path = "/schemas/pipeline-v1.json",
			produces = { "application/schema+json", MediaType.APPLICATION_JSON_VALUE })
	String schema() {
		return PipelineSchema.json();
	}

	private PipelineFiles files(String name, InputStream body) throws IOException {
		byte[] bytes = body.readNBytes(PipelineUpload.LARGEST_BODY + 1);
		if (bytes.length > PipelineUpload.LARGEST_BODY) {
			throw new UnusableUploadException("",
					"what was sent is larger than " + (PipelineUpload.LARGEST_BODY >> 20) + " MiB");
		}
		return PipelineUpload.files(bytes, this.catalogue.currentFiles(name), FolderLimits.DEFAULT);
	}

	private PipelineAnswer answer(String name) {
		return this.reads.find(name)
			.map(PipelineAnswer::of)
			.orElseThrow(() -> new NotFoundException("There is no pipeline '" + name + "'."));
	}

	private static void check(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new InvalidParameterException("name",
					"is a DNS label: up to 63 lower-case letters, digits and hyphens");
		}
	}

	/**
	 * Whether a pipeline would be taken.
	 */
	record Validation(boolean valid, List<Problem> problems) {
	}

}
