package io.gennaker.web.values;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.web.console.ConsoleSeed;
import io.gennaker.web.pipeline.Catalogue;
import io.gennaker.web.service.Http;
import io.gennaker.web.service.WholeServiceTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@WholeServiceTest
class ValuesControllerTests {

	private static final String PIPELINE = """
			version: 1
			name: explained
			parameters:
			  level: {type: string, default: info}
			targets:
			  all:
			    clusters: [beijing]
			    namespace: classroom
			    overrides:
			      beijing: {set: {api.region: '${{ cluster.region }}'}}
			values: [values/all.yaml]
			stages:
			  bake: {type: bake, chart: {path: chart}, release: classroom, values: [values/prod.yaml], set: {level: '${{ parameters.level }}'}}
			  deploy: {type: deploy, needs: [bake], target: all}
			""";

	/** One of the seed's that nobody else looks at. */
	private static final UUID EXECUTION = UUID.fromString("01970000-0000-7000-8000-000000000032");

	@LocalServerPort
	int port;

	@BeforeAll
	static void plant(@Autowired ApplicationContext context, @Autowired JdbcClient jdbc) {
		if (jdbc.sql("select count(*) from executions").query(Long.class).single() == 0) {
			ConsoleSeed.plant(context);
		}
		Map<String, byte[]> files = new TreeMap<>();
		put(files, PipelineFiles.PIPELINE, PIPELINE);
		put(files, "chart/Chart.yaml", "apiVersion: v2\nname: classroom\nversion: 1.4.0\n");
		put(files, "chart/values.yaml", "api: {replicas: 1}\nlevel: warn\npassword: open-sesame\n");
		put(files, "values/all.yaml", "api:\n  replicas: 2\n");
		put(files, "values/prod.yaml", "\napi: {replicas: 3}\n");
		jdbc.sql(
				"update executions set inventory = ?::jsonb, parameters = '{\"level\": \"debug\"}'::jsonb where id = ?")
			.params("[{\"name\": \"beijing\", \"region\": \"north\", \"labels\": {}}]", EXECUTION)
			.update();
		context.getBean(Catalogue.class).save("explained", new PipelineFiles(files), "kim");
		jdbc.sql(
				"update executions set revision_id = (select current_revision from pipelines where name = 'explained') where id = ?")
			.param(EXECUTION)
			.update();
	}

	private static void put(Map<String, byte[]> files, String name, String text) {
		files.put(name, text.getBytes(StandardCharsets.UTF_8));
	}

	private HttpResponse<String> get(String rest) {
		Http http = new Http(this.port);
		return http.send(http.to("/api/v1/executions/" + EXECUTION + "/stages/bake/bake/clusters/beijing/values" + rest)
			.header("Cookie", http.signIn("viewer").cookie()));
	}

	@Test
	void whichLayerWonIsToldFromTheExecutionsOwnRevision() {
		HttpResponse<String> answer = get("?key=api.replicas");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body())
			.contains("\"key\":\"api.replicas\"", "\"value\":\"3\"",
					"\"layer\":{\"layer\":\"values/prod.yaml\",\"kind\":\"FILE\",\"line\":2,\"value\":\"3\"}")
			.containsSubsequence("values/all.yaml", "chart/values.yaml");
	}

	@Test
	void expressionsSeeTheExecutionsParametersAndClusters() {
		assertThat(get("").body())
			.contains("\\\"debug\\\"", "\\\"north\\\"", "set of stage bake", "set of cluster beijing")
			.contains("•••")
			.doesNotContain("open-sesame");
	}

	@Test
	void whatIsNotThereIsNotFound() {
		assertThat(get("?key=nowhere").statusCode()).isEqualTo(404);
	}

}
