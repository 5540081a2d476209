package io.gennaker.web.webhook;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.gennaker.pipelines.image.ImageName;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.web.execution.ExecutionStarter;
import io.gennaker.web.execution.StartRefusedException;
import io.gennaker.web.execution.StartRequest;
import io.gennaker.workflows.release.ReleaseRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds out what a delivery means, and starts what it should.
 */
@Component
class DeliveryWork {

	private final Receivers receivers;

	private final TriggeredPipelines pipelines;

	private final ImageTriggers triggers;

	private final ExecutionStarter starter;

	private final JdbcClient jdbc;

	private final TransactionTemplate nested;

	DeliveryWork(Receivers receivers, TriggeredPipelines pipelines, ImageTriggers triggers, ExecutionStarter starter,
			JdbcClient jdbc, PlatformTransactionManager transactions) {
		this.receivers = receivers;
		this.pipelines = pipelines;
		this.triggers = triggers;
		this.starter = starter;
		this.jdbc = jdbc;
		this.nested = new TransactionTemplate(transactions);
		// A refused start is undone alone: the delivery's other starts stay.
		this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
	}

	/**
	 * Works a delivery off, in the caller's transaction.
	 */
	Verdict workOff(Claimed delivery) {
		Optional<UUID> earlier = delivery.isReplay() ? Optional.empty() : sameBefore(delivery);
		if (earlier.isPresent()) {
			return Verdict.duplicateOf(earlier.get());
		}
		Verdict verdict = new Verdict();
		Optional<Receiver> receiver = this.receivers.find(delivery.receiver());
		if (receiver.isEmpty()) {
			verdict.failed("receiver " + delivery.receiver() + " is not configured any more");
			return verdict;
		}
		List<Pipeline> current = this.pipelines.current();
		for (RegistryEvent event : RegistryEvents.read(receiver.get(), Payloads.parse(delivery.payload()))) {
			switch (event) {
				case RegistryEvent.Other(String reason) -> verdict.say(reason);
				case RegistryEvent.Push push -> workOff(delivery, push, current, verdict);
			}
		}
		return verdict;
	}

	private void workOff(Claimed delivery, RegistryEvent.Push push, List<Pipeline> current, Verdict verdict) {
		List<ImageTriggers.Match> matches = this.triggers.matches(push, current);
		if (matches.isEmpty()) {
			verdict.say(unmatched(push, current));
		}
		for (ImageTriggers.Match match : matches) {
			if (match.components().isEmpty()) {
				match.patterns()
					.forEach((pattern) -> verdict.say("tag `" + push.tag() + "` does not match `" + pattern
							+ "` of pipeline " + match.pipeline()));
			}
			else {
				start(delivery, push, match, verdict);
			}
		}
	}

	private void start(Claimed delivery, RegistryEvent.Push push, ImageTriggers.Match match, Verdict verdict) {
		StartRequest request = request(delivery, push, match);
		try {
			verdict.started(this.nested.execute((_) -> this.starter.start(request)), push);
		}
		catch (StartRefusedException exception) {
			verdict.failed("pipeline " + match.pipeline() + " could not be started: " + exception.getMessage()
					+ exception.problems()
						.entrySet()
						.stream()
						.map((problem) -> "; " + problem.getKey() + ": " + problem.getValue())
						.sorted()
						.reduce("", String::concat));
		}
	}

	private static StartRequest request(Claimed delivery, RegistryEvent.Push push, ImageTriggers.Match match) {
		Map<String, String> artifacts = new LinkedHashMap<>();
		match.components().forEach((component) -> artifacts.put(component, push.reference()));
		Map<String, String> facts = Map.of("repository", push.image().repository(), "tag", push.tag(), "digest",
				(push.digest() != null) ? push.digest() : "", "delivery", delivery.id().toString());
		String user = (delivery.replayedBy() != null) ? delivery.replayedBy() : delivery.receiver();
		return new StartRequest(match.pipeline(), Map.of(), artifacts,
				new ReleaseRequest.Trigger("image", user, match.components(), facts), key(delivery, push, match));
	}

	/**
	 * The same push has the same key, however often and by whichever way it comes; only a
	 * person's replay has its own.
	 */
	private static String key(Claimed delivery, RegistryEvent.Push push, ImageTriggers.Match match) {
		String event = String.join("\n", match.pipeline(), push.image().path(), push.tag(),
				(push.digest() != null) ? push.digest() : "", push.occurrence());
		String key = "image:" + HexFormat.of().formatHex(Receivers.digest(event));
		return delivery.isReplay() ? key + ":" + delivery.id() : key;
	}

	private String unmatched(RegistryEvent.Push push, List<Pipeline> current) {
		List<ImageName> elsewhere = this.triggers.elsewhere(push, current);
		String line = "no pipeline has an image trigger for " + push.image().repository();
		return elsewhere.isEmpty() ? line
				: line + "; if that is " + elsewhere.getFirst().repository() + ", set the address of host "
						+ elsewhere.getFirst().host() + " to " + push.image().host() + " in gennaker.registries";
	}

	private Optional<UUID> sameBefore(Claimed delivery) {
		return this.jdbc.sql("""
				select id from deliveries where fingerprint = ? and id < ? and replay_of is null
				and status in ('STARTED', 'IGNORED', 'DUPLICATE') order by id limit 1""")
			.params(delivery.fingerprint(), delivery.id())
			.query(UUID.class)
			.optional();
	}

	/**
	 * A delivery that is worked off now.
	 */
	record Claimed(UUID id, String receiver, String fingerprint, String payload, int attempts,
			@Nullable String replayedBy) {

		boolean isReplay() {
			return this.replayedBy != null;
		}

	}

}
