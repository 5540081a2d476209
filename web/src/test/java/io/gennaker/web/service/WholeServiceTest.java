package io.gennaker.web.service;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.gennaker.web.Gennaker;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test over HTTP against the service as it is started for real, with a database of its
 * own, and with Temporal and its clusters away: nothing listens at Temporal's address,
 * one cluster's kubeconfig is missing, the others' API servers do not answer.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(classes = Gennaker.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "gennaker.home=target/no-home", "gennaker.pipelines=target/no-pipelines",
				"gennaker.receivers[0].name=mirror", "gennaker.receivers[0].type=distribution",
				"gennaker.receivers[0].token=" + Service.TOKEN })
@ContextConfiguration(initializers = EverythingAway.class)
public @interface WholeServiceTest {

}
