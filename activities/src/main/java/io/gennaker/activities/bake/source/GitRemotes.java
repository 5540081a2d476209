package io.gennaker.activities.bake.source;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

import io.gennaker.activities.bake.refusal.BakeRefusedException;

/**
 * The Git repositories that may be spoken to.
 */
final class GitRemotes {

	private final AllowedHosts hosts;

	private final Path folder;

	/**
	 * Over HTTPS, and HTTP where that is allowed.
	 * @param folder for what is fetched, until it is read
	 */
	GitRemotes(AllowedHosts hosts, Path folder) {
		this.hosts = hosts;
		this.folder = folder;
	}

	/**
	 * Connects to a repository.
	 * @param source whose chart is wanted, for messages
	 * @throws BakeRefusedException if it may not be spoken to, refuses, or is not there
	 * @throws IOException if it does not answer now
	 */
	GitFetch open(String source, URI address) throws IOException {
		if (!"https".equals(address.getScheme()) && !"http".equals(address.getScheme())) {
			throw new BakeRefusedException(
					source + ": Git is spoken to by https:// alone, not by '" + address.getScheme() + "'");
		}
		return GitFetch.open(source, address, this.hosts.require(source, address), this.folder);
	}

}
