package io.gennaker.web.inventory;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.capability.CapabilityStore;
import io.gennaker.web.database.JsonColumns;
import io.gennaker.web.database.Timestamps;
import tools.jackson.core.type.TypeReference;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What clusters said last of what they can do, in PostgreSQL.
 */
@Component
class StoredCapabilities implements CapabilityStore {

	private static final TypeReference<List<String>> APIS = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final JsonColumns json;

	StoredCapabilities(JdbcClient jdbc, JsonColumns json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	@Override
	public void keep(String cluster, Capabilities capabilities) {
		this.jdbc.sql("""
				insert into cluster_capabilities (cluster, kube_version, apis, seen_at) values (?, ?, ?::jsonb, ?)
				on conflict (cluster) do update
				set kube_version = excluded.kube_version, apis = excluded.apis, seen_at = excluded.seen_at
				where cluster_capabilities.seen_at < excluded.seen_at""")
			.params(cluster, capabilities.kubeVersion(), this.json.write(capabilities.apiList()),
					Timestamps.parameter(capabilities.seenAt()))
			.update();
	}

	@Override
	public Optional<Capabilities> last(String cluster) {
		return this.jdbc.sql("select * from cluster_capabilities where cluster = ?")
			.param(cluster)
			.query((row, _) -> new Capabilities(row.getString("kube_version"),
					new TreeSet<>(this.json.read(row, "apis", APIS)), Timestamps.read(row, "seen_at")))
			.optional();
	}

}
