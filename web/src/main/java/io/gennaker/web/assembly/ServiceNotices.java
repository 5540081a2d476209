package io.gennaker.web.assembly;

import java.util.ArrayList;
import java.util.List;

import io.gennaker.web.console.Notices;
import io.gennaker.web.inventory.Inventory;
import io.gennaker.web.temporal.TemporalConnection;
import org.springframework.stereotype.Component;

/**
 * What everybody should know about this service at this moment.
 */
@Component
class ServiceNotices implements Notices {

	private final TemporalConnection temporal;

	private final Inventory inventory;

	ServiceNotices(TemporalConnection temporal, Inventory inventory) {
		this.temporal = temporal;
		this.inventory = inventory;
	}

	@Override
	public List<Notice> current() {
		List<Notice> notices = new ArrayList<>();
		if (!this.temporal.state().reachable()) {
			notices.add(new Notice(Gravity.PROBLEM, "notice.temporal-unreachable",
					List.of(this.temporal.endpoint().target())));
		}
		switch (this.temporal.endpoint().keptBy()) {
			case PROCESS -> notices.add(new Notice(Gravity.WARNING, "notice.temporal-in-memory", List.of()));
			case PROGRAM, OPERATOR -> {
			}
		}
		if (this.inventory.reachability().stream().anyMatch(Inventory.Reachability::sandbox)) {
			notices.add(new Notice(Gravity.HINT, "notice.sandbox-clusters", List.of()));
		}
		return notices;
	}

}
