package io.gennaker.web.service;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;

/**
 * A test over HTTP against the service with its demo users and two receivers.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(classes = Service.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.thymeleaf.prefix=classpath:/plain-templates/",
				"gennaker.demo-password=" + Service.PASSWORD, "gennaker.receivers[0].name=mirror",
				"gennaker.receivers[0].type=distribution", "gennaker.receivers[0].token=" + Service.TOKEN,
				"gennaker.receivers[1].name=hub", "gennaker.receivers[1].type=dockerhub",
				"gennaker.receivers[1].token=" + Service.TOKEN, "gennaker.registries[0].host=registry.example.com",
				"gennaker.registries[0].address=127.0.0.1:5000" })
public @interface ServiceTest {

}
