package io.gennaker.web.execution;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Lets the launcher and the watch do their rounds.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ExecutionSchedule {

}
