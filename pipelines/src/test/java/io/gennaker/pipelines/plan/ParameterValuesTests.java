package io.gennaker.pipelines.plan;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.pipelines.model.Cluster;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.Concurrency;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.pipelines.model.Target;
import io.gennaker.pipelines.plan.ParameterValues.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ParameterValuesTests {

	private static final List<Cluster> INVENTORY = List.of(new Cluster("beijing", "north", Map.of()),
			new Cluster("shanghai", "east", Map.of()), new Cluster("other", "east", Map.of()));

	private static final Pipeline PIPELINE = pipeline();

	private static Pipeline pipeline() {
		Map<String, Parameter> parameters = new LinkedHashMap<>();
		parameters.put("version", new Parameter.Text("", "\\d+\\.\\d+", "1.4"));
		parameters.put("replicas", new Parameter.WholeNumber("", 1L, 9L, 2L));
		parameters.put("debug", new Parameter.Flag("", false));
		parameters.put("size", new Parameter.Choice("", List.of("small", "large"), "small"));
		parameters.put("clusters", new Parameter.Clusters("", List.of()));
		Target target = new Target(new ClusterSelector.Named(List.of("shanghai", "beijing")), "app", List.of(),
				Map.of());
		return new Pipeline("test", "", parameters, Map.of(), Map.of("all", target), Map.of(), Concurrency.DEFAULT,
				Map.of());
	}

	private static Map<String, Object> complete(Map<String, Object> given) {
		Outcome outcome = ParameterValues.complete(PIPELINE, given, INVENTORY);
		assertThat(outcome).isInstanceOf(Outcome.Complete.class);
		return ((Outcome.Complete) outcome).values();
	}

	private static Map<String, String> refused(Map<String, Object> given) {
		Outcome outcome = ParameterValues.complete(PIPELINE, given, INVENTORY);
		assertThat(outcome).isInstanceOf(Outcome.Refused.class);
		return ((Outcome.Refused) outcome).problems();
	}

	@Test
	void whatIsNotGivenHasItsDefault() {
		assertThat(complete(Map.of())).containsExactly(Map.entry("version", "1.4"), Map.entry("replicas", 2L),
				Map.entry("debug", false), Map.entry("size", "small"),
				Map.entry("clusters", List.of("beijing", "shanghai")));
	}

	@Test
	void aNullIsAsIfNotGiven() {
		Map<String, Object> given = new HashMap<>();
		given.put("version", null);
		assertThat(complete(given)).containsEntry("version", "1.4");
	}

	@Test
	void aFormsTextsAreReadAsWhatTheyStandFor() {
		assertThat(complete(Map.of("replicas", "5", "debug", "true", "clusters", "shanghai, beijing")))
			.containsEntry("replicas", 5L)
			.containsEntry("debug", true)
			.containsEntry("clusters", List.of("shanghai", "beijing"));
	}

	@Test
	void numbersOfJsonAreTaken() {
		assertThat(complete(Map.of("replicas", 3))).containsEntry("replicas", 3L);
		assertThat(complete(Map.of("replicas", BigInteger.TWO))).containsEntry("replicas", 2L);
	}

	@Test
	void allStandsForEveryClusterOfTheTargets() {
		assertThat(complete(Map.of("clusters", "all"))).containsEntry("clusters", List.of("beijing", "shanghai"));
		assertThat(complete(Map.of("clusters", List.of("all")))).containsEntry("clusters",
				List.of("beijing", "shanghai"));
	}

	@Test
	void everythingThatIsWrongIsToldAtOnce() {
		assertThat(refused(Map.of("version", "1.x", "replicas", 10, "debug", "perhaps", "size", "lagre", "clusters",
				List.of("beijng"), "verison", "1.0")))
			.containsEntry("version", "does not match \\d+\\.\\d+")
			.containsEntry("replicas", "must be at most 9")
			.containsEntry("debug", "must be true or false")
			.containsEntry("size", "has no option 'lagre': did you mean 'large'?")
			.containsEntry("clusters", "'beijng' is not a cluster of this pipeline's targets: did you mean 'beijing'?")
			.containsEntry("verison", "there is no parameter 'verison': did you mean 'version'?");
	}

	@Test
	void aClusterOutsideTheTargetsIsRefused() {
		assertThat(refused(Map.of("clusters", List.of("other")))).containsKey("clusters");
	}

	@Test
	void noClusterAtAllIsRefused() {
		assertThat(refused(Map.of("clusters", List.of()))).containsEntry("clusters", "must name at least one cluster");
	}

	@Test
	void wrongTypesAreRefused() {
		assertThat(refused(Map.of("version", 1, "replicas", 1.5, "size", true, "clusters", List.of(1))))
			.containsEntry("version", "must be text")
			.containsEntry("replicas", "must be a whole number")
			.containsEntry("size", "must be text")
			.containsEntry("clusters", "must be a list of names of clusters");
	}

	@Test
	void aNumberBeyond64BitsIsRefused() {
		assertThat(refused(Map.of("replicas", "9223372036854775808"))).containsKey("replicas");
		assertThat(refused(Map.of("replicas", BigInteger.TWO.pow(64)))).containsKey("replicas");
	}

	@Test
	void aParameterWithoutDefaultIsRequired() {
		Pipeline pipeline = new Pipeline("test", "", Map.of("name", new Parameter.Text("", null, null)), Map.of(),
				Map.of(), Map.of(), Concurrency.DEFAULT, Map.of());
		assertThat(ParameterValues.complete(pipeline, Map.of(), INVENTORY))
			.isEqualTo(new Outcome.Refused(Map.of("name", "is required")));
	}

	@Test
	void textOfAnyLengthIsNotTaken() {
		assertThat(refused(Map.of("version", "1".repeat(5_000)))).containsEntry("version",
				"must have at most 4096 characters");
	}

}
