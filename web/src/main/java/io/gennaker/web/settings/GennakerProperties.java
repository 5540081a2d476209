package io.gennaker.web.settings;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Everything under {@code gennaker}.
 *
 * @param home where embedded parts keep their data; a leading {@code ~} is the user's
 * home
 * @param pipelines a folder of pipeline folders, read at start and when it changes
 * @param charts a folder of charts that all pipelines of that folder may use
 * @param clusters the inventory; empty for three sandbox clusters
 * @param registries credentials and plain-HTTP exceptions, by host
 * @param chartRepositories the repositories with an index that charts may come from
 * @param gitHosts the Git hosts that charts may come from
 * @param chartsCacheSize how much of the disk fetched charts may take
 * @param receivers webhook receivers
 * @param users local users; empty for the demo users, who may come from loopback only
 * @param demoPassword the demo users' password; made anew and printed where it is not set
 */
@ConfigurationProperties("gennaker")
@Validated
public record GennakerProperties(@DefaultValue(GennakerProperties.HOME) String home,
		@DefaultValue("pipelines/examples") String pipelines, @DefaultValue("charts") String charts,
		@DefaultValue List<@Valid ClusterSettings> clusters, @DefaultValue List<@Valid RegistrySettings> registries,
		@DefaultValue List<@Valid ChartRepositorySettings> chartRepositories,
		@DefaultValue List<@Valid GitHostSettings> gitHosts, @DefaultValue("512MB") DataSize chartsCacheSize,
		@DefaultValue List<ReceiverSettings> receivers, @DefaultValue List<@Valid UserSettings> users,
		@Nullable String demoPassword) {

	/** Where the home folder is when nobody names one. */
	public static final String HOME = "~/.gennaker";

	/**
	 * A cluster of the inventory.
	 *
	 * @param kubeconfig a kubeconfig file
	 * @param context its context; null for the current one
	 */
	public record ClusterSettings(@NotBlank String name, @NotBlank String region,
			@DefaultValue Map<String, String> labels, @NotBlank String kubeconfig, @Nullable String context) {
	}

	/**
	 * How a registry's host is spoken to.
	 *
	 * @param address where the host is really reached, as host and port; null for its own
	 * name
	 */
	public record RegistrySettings(@NotBlank String host, @DefaultValue("false") boolean plainHttp,
			@Nullable String username, @Nullable String password, @Nullable String address) {

		@Override
		public String toString() {
			return "RegistrySettings[" + this.host + "]";
		}

	}

	/**
	 * A host of chart repositories.
	 *
	 * @param url of a repository there, or null where the host is given
	 * @param host name and, where it is not the scheme's own, port
	 */
	public record ChartRepositorySettings(@Nullable String url, @Nullable String host,
			@DefaultValue("false") boolean plainHttp, @Nullable String username, @Nullable String password) {

		/**
		 * The host, wherever it was given.
		 */
		public String authority() {
			if ((this.url == null) == (this.host == null)) {
				throw new IllegalArgumentException(
						"An entry of gennaker.chart-repositories needs either 'url' or 'host'.");
			}
			return (this.host != null) ? this.host : ofUrl(Objects.requireNonNull(this.url));
		}

		private static String ofUrl(String url) {
			String authority = URI.create(url).getRawAuthority();
			if (authority == null || authority.contains("@") || !url.matches("https?://.*")) {
				throw new IllegalArgumentException(
						"In gennaker.chart-repositories, 'url' is an address that begins with"
								+ " https://; name and password have keys of their own.");
			}
			return authority;
		}

		@Override
		public String toString() {
			return "ChartRepositorySettings[" + ((this.host != null) ? this.host : "by url") + "]";
		}

	}

	/**
	 * A host of Git repositories.
	 */
	public record GitHostSettings(@NotBlank String host, @DefaultValue("false") boolean plainHttp,
			@Nullable String username, @Nullable String password) {

		@Override
		public String toString() {
			return "GitHostSettings[" + this.host + "]";
		}

	}

	/**
	 * A webhook receiver.
	 *
	 * @param type {@code distribution} or {@code dockerhub}
	 * @param token the last part of its URL, at least 16 characters
	 */
	public record ReceiverSettings(String name, String type, String token) {

		@Override
		public String toString() {
			return "ReceiverSettings[" + this.name + ", " + this.type + "]";
		}

	}

	/**
	 * A local user.
	 *
	 * @param password encoded as Spring Security does, such as {@code {bcrypt}…}
	 * @param roles of {@code viewer}, {@code engineer}, {@code approver}, {@code admin}
	 */
	public record UserSettings(@NotBlank String name, @NotBlank String password, @NotNull List<String> roles,
			@DefaultValue List<String> groups) {

		@Override
		public String toString() {
			return "UserSettings[" + this.name + ", " + this.roles + "]";
		}

	}

}
