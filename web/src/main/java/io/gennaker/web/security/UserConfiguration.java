package io.gennaker.web.security;

import io.gennaker.web.settings.GennakerProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The users, and how their passwords are checked.
 */
@Configuration(proxyBeanMethods = false)
class UserConfiguration {

	@Bean
	PasswordEncoder passwordEncoder() {
		return PasswordEncoderFactories.createDelegatingPasswordEncoder();
	}

	@Bean
	DemoUsers demoUsers(GennakerProperties settings) {
		return DemoUsers.with(settings.demoPassword());
	}

	@Bean
	UserDirectory userDirectory(GennakerProperties settings, DemoUsers demo, PasswordEncoder encoder) {
		return settings.users().isEmpty() ? new UserDirectory(demo.accounts(encoder), true)
				: new UserDirectory(LocalUsers.read(settings.users()), false);
	}

	@Bean
	UserDetailsService userDetailsService(UserDirectory directory) {
		return (name) -> {
			@Nullable Account account = directory.account(name);
			if (account == null) {
				throw UsernameNotFoundException.fromUsername(name);
			}
			return new SignedInPerson(account);
		};
	}

	@Bean
	AuthenticationManager authenticationManager(UserDetailsService users, PasswordEncoder encoder, LoginAudit audit) {
		DaoAuthenticationProvider passwords = new DaoAuthenticationProvider(users);
		passwords.setPasswordEncoder(encoder);
		return new ProviderManager(new LimitedPasswordCheck(passwords, audit));
	}

	@Bean
	ApplicationListener<ApplicationReadyEvent> demoUsersAnnouncement(UserDirectory directory, DemoUsers demo) {
		return (_) -> {
			if (directory.isDemo()) {
				// Not through the log: the log may be kept, and shown to others.
				System.out.println(demo.announcement());
			}
		};
	}

	@Bean
	WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> peerAddress() {
		return (server) -> server.addEngineValves(new PeerAddressValve());
	}

	@Bean
	WebMvcConfigurer roleGuardForEveryRoute(RoleGuard guard) {
		return new WebMvcConfigurer() {
			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(guard);
			}
		};
	}

}
