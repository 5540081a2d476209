/**
 * The service from its jar, as its users meet it.
 */
package io.gennaker.web.endtoend;
