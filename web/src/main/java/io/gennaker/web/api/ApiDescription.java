package io.gennaker.web.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The API's description at {@code /v3/api-docs}.
 */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

	private static final String BASIC = "basic";

	private static final String SESSION = "session";

	private static final String PROBLEM = "Problem";

	@Bean
	OpenAPI openApi() {
		return new OpenAPI()
			.info(new Info().title("Gennaker")
				.version("v1")
				.description("Durable release pipelines for many Kubernetes clusters.")
				.license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
			.components(new Components()
				.addSecuritySchemes(BASIC, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"))
				.addSecuritySchemes(SESSION,
						new SecurityScheme().type(SecurityScheme.Type.APIKEY)
							.in(SecurityScheme.In.COOKIE)
							.name("JSESSIONID")
							.description("The console's session; changes need its CSRF token in X-CSRF-TOKEN"))
				.addSchemas(PROBLEM, problem()))
			.addSecurityItem(new SecurityRequirement().addList(BASIC))
			.addSecurityItem(new SecurityRequirement().addList(SESSION));
	}

	@Bean
	OpenApiCustomizer everyOperationMayAnswerWithAProblem() {
		return (description) -> description.getPaths()
			.values()
			.forEach((path) -> path.readOperations().forEach(ApiDescription::addProblem));
	}

	private static void addProblem(Operation operation) {
		Schema<?> reference = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
		operation.getResponses()
			.addApiResponse("default", new ApiResponse().description("A problem")
				.content(new Content().addMediaType("application/problem+json", new MediaType().schema(reference))));
	}

	private static Schema<?> problem() {
		Schema<?> element = new ObjectSchema().addProperty("path", new StringSchema())
			.addProperty("message", new StringSchema())
			.addProperty("file", new StringSchema())
			.addProperty("line", new IntegerSchema())
			.addProperty("column", new IntegerSchema());
		return new ObjectSchema().description("RFC 9457 problem details")
			.addProperty("type", new StringSchema().format("uri-reference").example("/problems/not-found"))
			.addProperty("title", new StringSchema())
			.addProperty("status", new IntegerSchema())
			.addProperty("detail", new StringSchema().description("What, where and what to do, for people"))
			.addProperty("instance", new StringSchema().format("uri-reference"))
			.addProperty("problems", new ArraySchema().items(element));
	}

}
