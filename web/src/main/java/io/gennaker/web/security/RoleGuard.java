package io.gennaker.web.security;

import java.util.Set;
import java.util.function.Supplier;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.method.PreAuthorizeAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.util.SimpleMethodInvocation;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Applies a route's {@link PreAuthorize} before its arguments are read, so that whoever
 * may not call it learns nothing about them; and refuses every route that changes
 * something and names no rule.
 */
@Component
class RoleGuard implements HandlerInterceptor {

	private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	private final PreAuthorizeAuthorizationManager rules = new PreAuthorizeAuthorizationManager();

	RoleGuard(ApplicationContext context) {
		this.rules.setApplicationContext(context);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method && request.getDispatcherType() == DispatcherType.REQUEST) {
			check(request, method);
		}
		return true;
	}

	static boolean changes(HttpServletRequest request) {
		return !READING.contains(request.getMethod());
	}

	private void check(HttpServletRequest request, HandlerMethod handler) {
		PreAuthorize rule = rule(handler);
		if (rule == null) {
			if (changes(request)) {
				throw new AccessDeniedException("The route names no role");
			}
			return;
		}
		// A rule over arguments is applied at the call itself.
		if (!rule.value().contains("#")) {
			Supplier<@Nullable Authentication> asking = () -> SecurityContextHolder.getContext().getAuthentication();
			AuthorizationResult result = this.rules.authorize(asking,
					new SimpleMethodInvocation(handler.getBean(), handler.getMethod()));
			if (result == null || !result.isGranted()) {
				throw new AccessDeniedException("The route asks for " + rule.value());
			}
		}
	}

	private static @Nullable PreAuthorize rule(HandlerMethod handler) {
		PreAuthorize rule = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), PreAuthorize.class);
		return (rule != null) ? rule
				: AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), PreAuthorize.class);
	}

}
