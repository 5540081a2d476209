package io.gennaker.web.endtoend;

import java.nio.file.Path;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * What the README promises for the first five minutes, in a browser, on nothing but the
 * jar.
 */
@EnabledIf(value = "chromiumIsThere", disabledReason = "there is no Chromium on the PATH")
class FirstReleaseIT {

	private static final String PASSWORD = "for-this-run-alone";

	private static final double PATIENCE_MILLIS = 120_000;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	static Path folder;

	private static ServiceProcess service;

	private static Chromium chromium;

	static boolean chromiumIsThere() {
		return Chromium.find().isPresent();
	}

	@BeforeAll
	static void startEverything() {
		service = ServiceProcess.start(ServiceProcess.freePort(), folder, "--gennaker.demo-password=" + PASSWORD);
		chromium = Chromium.launch();
	}

	@AfterAll
	static void stopEverything() {
		if (chromium != null) {
			chromium.close();
		}
		if (service != null) {
			service.close();
		}
	}

	@Test
	void aReleaseIsStartedByOnePersonApprovedByAnotherAndRunsEverywhere() {
		Page engineer = signIn("engineer");
		engineer.navigate(service.uri("/pipelines/classroom/start").toString());
		Locator api = engineer.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("api").setExact(true));
		api.getByText("v1.9.0", new Locator.GetByTextOptions().setExact(true)).click();
		engineer.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start").setExact(true)).click();
		engineer.waitForURL(Pattern.compile(".*/executions/[0-9a-f-]+"));
		String execution = engineer.url();
		assertThat(engineer.locator("#wait-go-south"))
			.isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS));

		Page approver = signIn("approver");
		approver.navigate(execution + "/gates/go-south");
		assertThat(approver.getByText("guangdong").first()).isVisible();
		approver.getByLabel("Reason").fill("Beijing looks well");
		approver.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve")).click();

		assertThat(engineer.locator("main .heading .state").first()).hasText(Pattern.compile("Succeeded"),
				new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS));
		engineer.navigate(service.uri("/releases").toString());
		assertThat(engineer.locator("main tbody tr").filter(new Locator.FilterOptions().setHasText("v1.9.0")))
			.hasCount(3);
	}

	private static Page signIn(String user) {
		BrowserContext context = chromium.browser().newContext(new Browser.NewContextOptions().setLocale("en-GB"));
		Page page = context.newPage();
		page.navigate(service.uri("/login").toString());
		page.getByLabel("User").fill(user);
		page.getByLabel("Password").fill(PASSWORD);
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
		page.waitForURL(Pattern.compile(".*/$|.*\\?continue$"));
		return page;
	}

}
