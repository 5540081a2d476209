package io.gennaker.web.console;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/**
 * The console's languages.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {

	/** The languages that there are texts for, the default first. */
	static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

	@Bean
	LocaleResolver localeResolver() {
		CookieLocaleResolver resolver = new CookieLocaleResolver("gennaker-language");
		resolver.setCookieMaxAge(Duration.ofDays(365));
		resolver.setCookieHttpOnly(true);
		resolver.setCookieSameSite("Lax");
		resolver.setRejectInvalidCookies(false);
		resolver.setDefaultLocaleFunction(ConsoleConfiguration::preferred);
		return resolver;
	}

	private static Locale preferred(HttpServletRequest request) {
		String accepted = request.getHeader("Accept-Language");
		if (accepted == null) {
			return LANGUAGES.getFirst();
		}
		try {
			Locale found = Locale.lookup(Locale.LanguageRange.parse(accepted), LANGUAGES);
			if (found != null) {
				return found;
			}
			boolean chinese = Locale.LanguageRange.parse(accepted).getFirst().getRange().startsWith("zh");
			return chinese ? Locale.SIMPLIFIED_CHINESE : LANGUAGES.getFirst();
		}
		catch (IllegalArgumentException ex) {
			return LANGUAGES.getFirst();
		}
	}

}
