package io.gennaker.web.assembly;

import java.net.http.HttpResponse;

import io.gennaker.web.console.ConsoleSeed;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.inventory.Inventory.Reachability;
import io.gennaker.web.service.Await;
import io.gennaker.web.service.EverythingAway;
import io.gennaker.web.service.Http;
import io.gennaker.web.service.WholeServiceTest;
import io.gennaker.web.temporal.TemporalConnection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service starts before Temporal and the clusters do, and says what it waits for.
 */
@WholeServiceTest
class WaitingServiceTests {

	@Autowired
	private TemporalConnection temporal;

	@Autowired
	private Inventory inventory;

	@LocalServerPort
	private int port;

	private Http http;

	@BeforeAll
	static void plant(@Autowired ApplicationContext context) {
		if (context.getBean(JdbcClient.class).sql("select count(*) from executions").query(Long.class).single() == 0) {
			ConsoleSeed.plant(context);
		}
	}

	@BeforeEach
	void everythingWasAskedOnce() {
		this.http = new Http(this.port);
		Await.until(() -> String.valueOf(this.temporal.state().problem()).contains("does not answer"));
		Await.until(() -> this.inventory.reachability().stream().noneMatch((cluster) -> cluster.checkedAt() == null));
	}

	@Test
	void everyPageSaysThatTemporalDoesNotAnswerAndWhatThatMeans() {
		assertThat(page("/", "en")).contains("Temporal does not answer at " + this.temporal.endpoint().target(),
				"Executions stand still and go on when it does");
		assertThat(page("/pipelines", "en")).contains("Temporal does not answer at ");
		assertThat(page("/", "zh-CN")).contains(this.temporal.endpoint().target()).doesNotContain("does not answer at");
	}

	@Test
	void theClustersPageShowsWhyEachDoesNotAnswer() {
		assertThat(page("/clusters", "en")).contains(
				"the kubeconfig of cluster shanghai-1 cannot be read: target/no-kubeconfig",
				"nothing accepts connections there");
		assertThat(page("/clusters/" + EverythingAway.WITHOUT_KUBECONFIG, "en")).contains("cannot be read");
	}

	@Test
	void noAnswerHoldsAClustersCredential() {
		for (String path : new String[] { "/clusters", "/clusters/guangdong-1" }) {
			assertThat(page(path, "en")).doesNotContain("secret-canary");
		}
		assertThat(this.http.get("admin", "/actuator/health").body()).doesNotContain("secret-canary");
	}

	@Test
	void healthSaysWhatTheServiceWaitsForToThoseWhoSignIn() {
		HttpResponse<String> answer = this.http.get("viewer", "/actuator/health");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("\"status\":\"WAITING\"",
				"Temporal does not answer at " + this.temporal.endpoint().target(),
				"the kubeconfig of cluster shanghai-1 cannot be read");
	}

	@Test
	void aServiceThatWaitsIsAliveAndReadyAndTellsStrangersNoMore() {
		assertThat(this.http.send(this.http.to("/actuator/health")).body()).contains("\"status\":\"WAITING\"")
			.doesNotContain("Temporal", "kubeconfig", "components");
		for (String probe : new String[] { "/actuator/health/liveness", "/actuator/health/readiness" }) {
			HttpResponse<String> answer = this.http.send(this.http.to(probe));
			assertThat(answer.statusCode()).as(probe).isEqualTo(200);
			assertThat(answer.body()).as(probe).contains("\"status\":\"UP\"");
		}
	}

	@Test
	void noClusterIsTakenForOneThatAnswers() {
		assertThat(this.inventory.reachability()).hasSize(4).noneMatch(Reachability::reachable);
	}

	@Test
	void aGateSaysWhyItCannotTellWhatWouldChangeInAClusterThatIsAway() {
		String changes = "/executions/" + ConsoleSeed.WAITING + "/gates/go-south/changes/south/";
		assertThat(page(changes + "guangdong-1", "en")).contains("Cluster guangdong-1 does not answer");
		assertThat(page(changes + "shanghai-1", "en")).contains("the kubeconfig of cluster shanghai-1 cannot be read");
	}

	private String page(String path, String language) {
		HttpResponse<String> answer = this.http.send(this.http.to(path)
			.header("Cookie", this.http.signIn("viewer").cookie())
			.header("Accept", "text/html")
			.header("Accept-Language", language));
		assertThat(answer.statusCode()).as(path).isEqualTo(200);
		return answer.body();
	}

}
