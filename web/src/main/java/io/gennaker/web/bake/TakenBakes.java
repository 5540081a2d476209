package io.gennaker.web.bake;

import java.util.Collection;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Bakes that an execution takes over from another one.
 */
@Component
public class TakenBakes {

	private final JdbcClient jdbc;

	TakenBakes(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Makes bakes of one execution those of another one, too. Stages that are baked anew
	 * there get the digests that their images were pinned to here.
	 * @param stages bake stages that are not baked anew
	 */
	public void takeOver(UUID from, UUID to, Collection<String> stages) {
		if (!stages.isEmpty()) {
			this.jdbc.sql("""
					insert into execution_bakes (execution_id, stage_id, digest, provenance, request)
					select :to, stage_id, digest, provenance, request from execution_bakes
					where execution_id = :from and stage_id in (:stages)""")
				.param("from", from)
				.param("to", to)
				.param("stages", stages)
				.update();
		}
		this.jdbc.sql("""
				insert into image_pins (execution_id, stage_id, image, digest)
				select ?, stage_id, image, digest from image_pins where execution_id = ?""").params(to, from).update();
	}

}
