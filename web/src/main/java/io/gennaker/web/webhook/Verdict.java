package io.gennaker.web.webhook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.gennaker.web.execution.StartedExecution;

/**
 * Collects what a delivery did.
 */
final class Verdict {

	private static final int LINES = 50;

	private final Map<String, Integer> lines = new LinkedHashMap<>();

	private final List<UUID> executions = new ArrayList<>();

	private DeliveryStatus status = DeliveryStatus.IGNORED;

	static Verdict duplicateOf(UUID delivery) {
		Verdict verdict = new Verdict();
		verdict.status = DeliveryStatus.DUPLICATE;
		verdict.say("same event as delivery " + delivery);
		return verdict;
	}

	void say(String line) {
		this.lines.merge(line, 1, Integer::sum);
	}

	void started(StartedExecution execution, RegistryEvent.Push push) {
		this.executions.add(execution.id());
		String name = execution.pipeline() + " #" + execution.number();
		String image = push.image().repository() + ":" + push.tag();
		if (execution.created()) {
			rise(DeliveryStatus.STARTED);
			say("started " + name + " with " + image);
		}
		else {
			rise(DeliveryStatus.DUPLICATE);
			say("the same push of " + image + " had started " + name + " before");
		}
	}

	void failed(String line) {
		rise(DeliveryStatus.FAILED);
		say(line);
	}

	DeliveryStatus status() {
		return this.status;
	}

	List<UUID> executions() {
		return this.executions;
	}

	String text() {
		List<String> text = new ArrayList<>();
		this.lines.forEach((line, times) -> text.add((times > 1) ? line + " (" + times + " times)" : line));
		if (text.isEmpty()) {
			return "it holds no events";
		}
		if (text.size() > LINES) {
			int more = text.size() - LINES;
			return String.join("\n", text.subList(0, LINES)) + "\nand " + more + " more";
		}
		return String.join("\n", text);
	}

	/**
	 * What was started counts most, then what should have been.
	 */
	private void rise(DeliveryStatus status) {
		if (weight(status) > weight(this.status)) {
			this.status = status;
		}
	}

	private static int weight(DeliveryStatus status) {
		return switch (status) {
			case PENDING, IGNORED -> 0;
			case DUPLICATE -> 1;
			case FAILED -> 2;
			case STARTED -> 3;
		};
	}

}
