package io.gennaker.activities.bake.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;

import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection of one fetch: to the one host that was allowed, whatever a redirect says,
 * and for so many bytes.
 */
final class GitConnection extends JDKHttpConnection {

	private static final String ADVERTISEMENT = "application/x-git-upload-pack-advertisement";

	private final Watch watch;

	private GitConnection(URL url, @Nullable Proxy proxy, Watch watch) throws IOException {
		super(url, (proxy != null) ? proxy : Proxy.NO_PROXY);
		this.watch = watch;
	}

	@Override
	public int getResponseCode() throws IOException {
		int status = super.getResponseCode();
		this.watch.status = status;
		return status;
	}

	/** Without the smart protocol JGit would fetch file by file, past its own limits. */
	private void requireGit() throws IOException {
		String type = getContentType();
		if (getURL().getPath().endsWith("/info/refs") && (type == null || !type.startsWith(ADVERTISEMENT))) {
			this.watch.otherType = String.valueOf(type);
			throw new IOException("it answers with " + type);
		}
	}

	@Override
	public InputStream getInputStream() throws IOException {
		requireGit();
		return new FilterInputStream(super.getInputStream()) {

			@Override
			public int read() throws IOException {
				int next = super.read();
				GitConnection.this.watch.count((next >= 0) ? 1 : 0);
				return next;
			}

			@Override
			public int read(byte[] target, int offset, int length) throws IOException {
				int count = super.read(target, offset, length);
				GitConnection.this.watch.count(Math.max(count, 0));
				return count;
			}

		};
	}

	/**
	 * Makes one fetch's connections and remembers what came of them. Not thread-safe.
	 */
	static final class Watch implements HttpConnectionFactory {

		private final URI origin;

		private final long limit;

		private long bytes;

		private int status;

		private String elsewhere = "";

		private String otherType = "";

		Watch(URI origin, long limit) {
			this.origin = origin;
			this.limit = limit;
		}

		@Override
		public HttpConnection create(URL url) throws IOException {
			return create(url, null);
		}

		@Override
		public HttpConnection create(URL url, @Nullable Proxy proxy) throws IOException {
			if (!isOrigin(url)) {
				this.elsewhere = url.getProtocol() + "://" + url.getAuthority();
				throw new IOException("it redirects to " + this.elsewhere);
			}
			return new GitConnection(url, proxy, this);
		}

		private boolean isOrigin(URL url) {
			try {
				URI target = url.toURI();
				return this.origin.getScheme().equals(target.getScheme()) && target.getRawUserInfo() == null
						&& this.origin.getHost().equalsIgnoreCase(target.getHost())
						&& this.origin.getPort() == target.getPort();
			}
			catch (URISyntaxException ex) {
				return false;
			}
		}

		private void count(int count) throws IOException {
			this.bytes += count;
			if (isTooLarge()) {
				throw new IOException("it sends more than " + this.limit / 1024 + " KiB");
			}
		}

		/** The last HTTP status, 0 where there was no answer. */
		int status() {
			return this.status;
		}

		/** Whether the host sent more than it may. */
		boolean isTooLarge() {
			return this.bytes > this.limit;
		}

		/** What the host answered with in place of Git's protocol, or nothing. */
		String otherType() {
			return this.otherType;
		}

		/** Where else the host sent this client, or nothing. */
		String elsewhere() {
			return this.elsewhere;
		}

	}

}
