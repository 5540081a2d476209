package io.gennaker.web.sandbox.controller;

/**
 * From where the nodes of a cluster pull images.
 */
@FunctionalInterface
public interface ImageSource {

	/**
	 * Whether the image can be pulled.
	 * @param image as a pod names it, such as
	 * {@code registry.example.com/classroom/api:v1@sha256:…}
	 */
	boolean holds(String image);

}
