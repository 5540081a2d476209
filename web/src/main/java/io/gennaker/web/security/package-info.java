/**
 * Who may do what: users, sign-in, roles and the rules of every request.
 */
@NullMarked
package io.gennaker.web.security;

import org.jspecify.annotations.NullMarked;
