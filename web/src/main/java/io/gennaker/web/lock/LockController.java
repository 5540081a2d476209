package io.gennaker.web.lock;

import java.util.List;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Which places are held and waited for, over HTTP.
 */
@RestController
class LockController {

	private final LockRows rows;

	LockController(LockRows rows) {
		this.rows = rows;
	}

	/**
	 * By place and turn, the holder first; a thousand at most.
	 */
	@GetMapping("/api/v1/locks")
	@PreAuthorize("hasRole('VIEWER')")
	List<Lock> locks() {
		return this.rows.all();
	}

}
