package io.gennaker.web.endtoend;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a power cut leaves of the default mode, where Temporal is in the process.
 */
class RestartIT {

	private static final String PASSWORD = "for-this-run-alone";

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	static Path folder;

	@Test
	void anExecutionThatWasLostIsShownAsLostAndTheRestIsKept() {
		try (ServiceProcess service = ServiceProcess.start(ServiceProcess.freePort(), folder,
				"--gennaker.demo-password=" + PASSWORD)) {
			ApiClient engineer = service.api("engineer", PASSWORD);
			JsonNode started = engineer.post("/api/v1/pipelines/classroom/executions", "{}");
			String execution = "/api/v1/executions/" + started.path("id").asString();
			engineer.await("the gate", execution, PATIENCE, (it) -> it.path("status").asString().equals("WAITING"));
			JsonNode released = engineer.get("/api/v1/releases");
			assertThatAPlanNamesWhatAnotherImageWouldChange(engineer);

			service.kill();
			service.startAgain();

			JsonNode lost = engineer.await("what became of it", execution, PATIENCE,
					(it) -> it.path("status").asString().equals("FAILED"));
			assertThat(lost.path("lost").asBoolean()).isTrue();
			assertThat(lost.path("message").asString()).contains("Temporal");
			assertThat(withoutDrift(engineer.get("/api/v1/releases"))).isEqualTo(withoutDrift(released));
			assertThat(engineer.get("/api/v1/pipelines").toString()).contains("classroom");
			assertThat(engineer.get("/api/v1/audit").toString()).contains("execution.start");
			assertThatTheSameCanBeReleasedAgain(engineer);
		}
	}

	/** That a release was compared with its cluster meanwhile is no change of it. */
	private static JsonNode withoutDrift(JsonNode releases) {
		JsonNode plain = releases.deepCopy();
		plain.forEach((release) -> ((ObjectNode) release).remove("drift"));
		return plain;
	}

	private static void assertThatAPlanNamesWhatAnotherImageWouldChange(ApiClient engineer) {
		JsonNode plan = engineer.post("/api/v1/pipelines/classroom/plan", "{\"artifacts\": {\"api\": \"v1.9.0\"}}");
		List<String> beijing = changes(plan.path("clusters").path(0));
		assertThat(beijing).as("what runs in Beijing").containsExactly("UPDATE Deployment classroom-api");
		assertThat(changes(plan.path("clusters").path(1))).as("what does not run in Guangdong yet")
			.contains("CREATE Deployment classroom-api", "CREATE StatefulSet classroom-registry-mirror");
	}

	private static List<String> changes(JsonNode cluster) {
		List<String> changes = new ArrayList<>();
		for (JsonNode it : cluster.path("changes")) {
			String change = it.path("change").asString();
			if (!change.equals("UNCHANGED")) {
				changes.add(change + " " + it.path("kind").asString() + " " + it.path("name").asString());
			}
		}
		return changes;
	}

	private static void assertThatTheSameCanBeReleasedAgain(ApiClient engineer) {
		JsonNode again = engineer.post("/api/v1/pipelines/classroom/executions", "{}");
		engineer.await("the gate of the next execution", "/api/v1/executions/" + again.path("id").asString(), PATIENCE,
				(it) -> it.path("status").asString().equals("WAITING")
						&& it.path("stages").path(1).path("status").asString().equals("SUCCEEDED"));
	}

}
