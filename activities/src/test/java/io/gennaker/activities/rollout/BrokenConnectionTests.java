package io.gennaker.activities.rollout;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedChannelException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class BrokenConnectionTests {

	@Test
	void aRefusedConnectionHasWords() throws IOException {
		int nobody;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			nobody = socket.getLocalPort();
		}
		assertThat(BrokenConnection.words(new IllegalStateException("wrapped", failure("127.0.0.1:" + nobody))))
			.containsAnyOf("nothing accepts connections there", "refused");
	}

	@Test
	void aRefusalWithoutAWordHasThemToo() {
		ConnectException refused = new ConnectException();
		refused.initCause(new ClosedChannelException());
		assertThat(BrokenConnection.words(new IllegalStateException("An error has occurred.", refused)))
			.isEqualTo("nothing accepts connections there");
	}

	@Test
	void anUnknownHostIsSaidToBeOne() {
		assertThat(BrokenConnection.words(failure("nobody.invalid"))).contains("the name of its host is unknown");
	}

	@Test
	void whatTheNetworkSaidIsTakenFromWithin() {
		assertThat(BrokenConnection.words(new IllegalStateException("outer", new IOException("Connection reset"))))
			.isEqualTo("Connection reset");
		assertThat(BrokenConnection.words(new IOException("no bytes", new ClosedChannelException())))
			.isEqualTo("no bytes");
		assertThat(BrokenConnection.words(new ClosedChannelException())).isEqualTo("ClosedChannelException");
	}

	private static Throwable failure(String authority) {
		try (HttpClient client = HttpClient.newHttpClient()) {
			return catchThrowable(
					() -> client.send(HttpRequest.newBuilder(URI.create("http://" + authority + "/")).build(),
							HttpResponse.BodyHandlers.discarding()));
		}
	}

}
