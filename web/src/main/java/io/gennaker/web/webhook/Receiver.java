package io.gennaker.web.webhook;

/**
 * Where events arrive, and in what form.
 */
sealed interface Receiver {

	/**
	 * The part of the URL that names it.
	 */
	String name();

	/**
	 * Takes the notifications of an OCI distribution registry
	 * ({@code application/vnd.docker.distribution.events.v1+json}).
	 */
	record Distribution(String name) implements Receiver {
	}

	/**
	 * Takes the webhooks of Docker Hub.
	 */
	record DockerHub(String name) implements Receiver {
	}

}
