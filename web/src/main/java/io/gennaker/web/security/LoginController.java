package io.gennaker.web.security;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The sign-in page: template {@code login} with {@code demo} (whether the demo users are
 * on), {@code failed}, {@code limited} (seconds until the next attempt, or null) and
 * {@code signedOut}. Its form posts {@code username} and {@code password} to
 * {@code /login}.
 */
@Controller
class LoginController {

	private final UserDirectory directory;

	private final CurrentUser user;

	LoginController(UserDirectory directory, CurrentUser user) {
		this.directory = directory;
		this.user = user;
	}

	@GetMapping("/login")
	String page(@RequestParam(required = false) @Nullable String error,
			@RequestParam(required = false) @Nullable Integer limited,
			@RequestParam(name = "signed-out", required = false) @Nullable String signedOut, Model model) {
		if (this.user.isPresent()) {
			return "redirect:/";
		}
		model.addAttribute("demo", this.directory.isDemo());
		model.addAttribute("failed", error != null);
		model.addAttribute("limited", limited);
		model.addAttribute("signedOut", signedOut != null);
		return "login";
	}

}
