package io.gennaker.web;

import io.gennaker.web.embedded.HeadStart;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the service.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class Gennaker {

	/**
	 * Starts the service with Spring Boot's usual arguments.
	 */
	public static void main(String[] arguments) {
		SpringApplication application = new SpringApplication(Gennaker.class);
		application.addInitializers(HeadStart::begin);
		application.run(arguments);
	}

}
