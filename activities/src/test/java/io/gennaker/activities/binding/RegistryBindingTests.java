package io.gennaker.activities.binding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.gennaker.activities.registry.ImageRegistry;
import io.gennaker.activities.signature.SignatureRefusedException;
import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.pipelines.model.Artifact;
import io.gennaker.pipelines.model.ImageValues;
import io.gennaker.pipelines.model.SignaturePolicy;
import io.gennaker.workflows.binding.BindingRequest;
import io.gennaker.workflows.binding.BindingRequest.Place;
import io.gennaker.workflows.binding.Bindings;
import io.gennaker.workflows.binding.BoundArtifact;
import io.gennaker.workflows.binding.BoundArtifact.Origin;
import io.gennaker.workflows.release.Failures;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RegistryBindingTests {

	private static final String API = "registry.example.com/classroom/api";

	private static final String ONE = "sha256:" + "1".repeat(64);

	private static final String TWO = "sha256:" + "2".repeat(64);

	private static final Place BEIJING = new Place("beijing", "classroom", "classroom");

	private static final Place SHANGHAI = new Place("shanghai-1", "classroom", "classroom");

	private final Map<Place, Map<String, BoundArtifact>> last = new HashMap<>();

	private final RegistryBinding binding = new RegistryBinding(new OneImage(),
			(place) -> this.last.getOrDefault(place, Map.of()), this::verify,
			(revision) -> PipelineFiles.of("# " + revision));

	private final List<String> verified = new ArrayList<>();

	private void verify(String image, String digest, SignaturePolicy policy, PipelineFiles files) throws IOException {
		this.verified.add(digest);
		if (policy instanceof SignaturePolicy.Identity) {
			throw new IOException("the transparency log does not answer");
		}
		if (!digest.equals(ONE)) {
			throw new SignatureRefusedException(image + " carries no signature");
		}
	}

	private Bindings bind(Artifact artifact, Map<String, String> requested, List<String> pushed) {
		return this.binding
			.bind(new BindingRequest("e", "r", Map.of("api", artifact), requested, pushed, List.of(BEIJING, SHANGHAI)));
	}

	private ApplicationFailure refusal(Artifact artifact, Map<String, String> requested) {
		return assertThatExceptionOfType(ApplicationFailure.class)
			.isThrownBy(() -> bind(artifact, requested, List.of()))
			.actual();
	}

	private static Artifact api(String defaultReference) {
		return new Artifact(API, true, defaultReference);
	}

	private static BoundArtifact bound(String tag, String digest, Origin origin) {
		return new BoundArtifact("api", API, tag, digest, origin);
	}

	@Test
	void whatWasChosenGoesEverywhere() {
		this.last.put(BEIJING, Map.of("api", bound("v0", TWO, Origin.CHOSEN)));
		assertThat(bind(api("v1"), Map.of("api", "v1"), List.of()))
			.isEqualTo(new Bindings(Map.of("api", bound("v1", ONE, Origin.CHOSEN)), Map.of()));
	}

	@Test
	void whatWasPushedSaysSo() {
		assertThat(bind(api(null), Map.of("api", "v1@" + ONE), List.of("api")).common()).containsEntry("api",
				bound("v1", ONE, Origin.PUSHED));
	}

	@Test
	void aDigestHasNoTag() {
		assertThat(bind(api(null), Map.of("api", ONE), List.of()).common()).containsEntry("api",
				bound("", ONE, Origin.CHOSEN));
	}

	@Test
	void elseEachClusterKeepsWhatItRunsAndOthersGetTheDefault() {
		this.last.put(BEIJING, Map.of("api", bound("v0", TWO, Origin.CHOSEN)));
		Bindings bindings = bind(api("v1"), Map.of(), List.of());
		assertThat(bindings.in("beijing")).containsEntry("api", bound("v0", TWO, Origin.LAST_RELEASE));
		assertThat(bindings.in("shanghai-1")).containsEntry("api", bound("v1", ONE, Origin.DEFAULT));
	}

	@Test
	void aReleaseOfAnotherRepositoryDoesNotCount() {
		this.last.put(BEIJING,
				Map.of("api", new BoundArtifact("api", "old.example.com/api", "v0", TWO, Origin.CHOSEN)));
		assertThat(bind(api("v1"), Map.of(), List.of()).common()).containsEntry("api",
				bound("v1", ONE, Origin.DEFAULT));
	}

	@Test
	void anArtifactWithoutAnyImageIsNamedWithItsClusters() {
		this.last.put(BEIJING, Map.of("api", bound("v0", TWO, Origin.CHOSEN)));
		ApplicationFailure refusal = refusal(api(null), Map.of());
		assertThat(refusal.isNonRetryable()).isTrue();
		assertThat(refusal.getType()).isEqualTo(Failures.UNKNOWN_IMAGE);
		assertThat(refusal.getOriginalMessage()).isEqualTo("artifact api has no image for shanghai-1: none was chosen, "
				+ "no release there carries one, and it has no default");
	}

	@Test
	void allProblemsAreToldAtOnce() {
		assertThat(refusal(api(null), Map.of("api", "v9", "gateway", "v1")).getOriginalMessage())
			.contains("the registry does not have " + API + ":v9", "there is no artifact gateway; there are [api]");
		assertThat(refusal(api(null), Map.of("api", "not a tag")).getOriginalMessage())
			.contains("'not a tag' is neither a tag nor a digest");
	}

	@Test
	void aRegistryThatDoesNotAnswerIsRetried() {
		ApplicationFailure refusal = refusal(api(null), Map.of("api", "down"));
		assertThat(refusal.isNonRetryable()).isFalse();
		assertThat(refusal.getOriginalMessage()).isEqualTo("registry.example.com: it cannot be reached");
	}

	@Test
	void nothingIsVerifiedWhereThePipelineAsksForNothing() {
		bind(api("v1"), Map.of(), List.of());
		assertThat(this.verified).isEmpty();
	}

	@Test
	void whatIsBoundIsVerifiedOnceWhereverItComesFrom() {
		bind(signed(new SignaturePolicy.Key("keys/cosign.pub", true)), Map.of("api", "v1"), List.of());
		assertThat(this.verified).containsExactly(ONE);
	}

	@Test
	void anImageThatRunsIsRefusedIfItIsNotSigned() {
		this.last.put(BEIJING, Map.of("api", bound("v0", TWO, Origin.CHOSEN)));
		ApplicationFailure refusal = refusal(signed(new SignaturePolicy.Key("keys/cosign.pub", true)), Map.of());
		assertThat(refusal.isNonRetryable()).isTrue();
		assertThat(refusal.getType()).isEqualTo(Failures.UNVERIFIED_IMAGE);
		assertThat(refusal.getOriginalMessage()).isEqualTo("artifact api: " + API + " carries no signature");
	}

	@Test
	void aLogThatDoesNotAnswerIsAskedAgain() {
		ApplicationFailure refusal = refusal(
				signed(new SignaturePolicy.Identity("https://accounts.example.com", "kim@example.com", null)),
				Map.of("api", "v1"));
		assertThat(refusal.isNonRetryable()).isFalse();
	}

	private static Artifact signed(SignaturePolicy policy) {
		return new Artifact(API, true, "v1", ImageValues.NONE, policy);
	}

	private static final class OneImage implements ImageRegistry {

		@Override
		public Optional<String> digest(String image, String reference) throws IOException {
			if (reference.equals("down")) {
				throw new IOException("registry.example.com: it cannot be reached");
			}
			return (reference.equals("v1") || reference.equals(ONE)) ? Optional.of(ONE) : Optional.empty();
		}

		@Override
		public List<Tag> tags(String image, int limit) {
			return List.of();
		}

	}

}
