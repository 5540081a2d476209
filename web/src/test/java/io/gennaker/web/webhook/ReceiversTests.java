package io.gennaker.web.webhook;

import java.util.List;

import io.gennaker.web.settings.GennakerProperties;
import io.gennaker.web.settings.GennakerProperties.ReceiverSettings;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Receivers as people configure them.
 */
class ReceiversTests {

	@Test
	void everyProblemIsNamedAtOnceWithoutTheToken() {
		assertThatIllegalStateException()
			.isThrownBy(() -> receivers(new ReceiverSettings("Mirror!", "quay", "short-token"),
					new ReceiverSettings("hub", "dockerhub", "tests-token-0123456789"),
					new ReceiverSettings("hub", "dockerhub", "tests-token-0123456789")))
			.withMessageContaining("lower-case letters")
			.withMessageContaining("no type \"quay\"; known are distribution, dockerhub")
			.withMessageContaining("a token has 16 to 256")
			.withMessageContaining("gennaker.receivers[2] (hub): the name is taken")
			.satisfies((exception) -> assertThat(exception.getMessage()).doesNotContain("short-token", "tests-token"));
	}

	@Test
	void onlyTheOwnTokenIsAdmitted() {
		Receivers receivers = receivers(new ReceiverSettings("one", "distribution", "token-of-one-0123456789"),
				new ReceiverSettings("two", "distribution", "token-of-two-0123456789"));
		assertThat(receivers.admit("one", "token-of-one-0123456789")).hasValue(new Receiver.Distribution("one"));
		assertThat(receivers.admit("one", "token-of-two-0123456789")).isEmpty();
		assertThat(receivers.admit("three", "token-of-one-0123456789")).isEmpty();
	}

	private static Receivers receivers(ReceiverSettings... receivers) {
		return new Receivers(
				new GennakerProperties("", "", "", List.of(), List.of(), List.of(), List.of(), DataSize.ofMegabytes(1),
						List.of(receivers), List.of(), null),
				new StaticListableBeanFactory().getBeanProvider(ReceiverSettings.class));
	}

}
