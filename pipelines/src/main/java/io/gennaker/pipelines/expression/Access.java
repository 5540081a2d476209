package io.gennaker.pipelines.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;

/**
 * A name and what is read below it by written-out keys: {@code artifacts['api'].tag} is
 * {@code artifacts} with the steps {@code api} and {@code tag}.
 *
 * @param id of the name's node
 */
record Access(long id, String name, List<String> steps) {

	private static final String INDEX = "_[_]";

	/**
	 * Reads an expression as an access, if it is one.
	 */
	static Optional<Access> of(CelExpr expr) {
		List<String> backwards = new ArrayList<>();
		CelExpr at = expr;
		while (true) {
			switch (at.getKind()) {
				case IDENT -> {
					return Optional.of(new Access(at.id(), at.ident().name(), backwards.reversed()));
				}
				case SELECT -> {
					backwards.add(at.select().field());
					at = at.select().operand();
				}
				case CALL -> {
					Optional<String> key = key(at.call());
					if (key.isEmpty()) {
						return Optional.empty();
					}
					backwards.add(key.get());
					at = at.call().args().getFirst();
				}
				default -> {
					return Optional.empty();
				}
			}
		}
	}

	private static Optional<String> key(CelExpr.CelCall call) {
		boolean index = call.function().equals(INDEX) && call.args().size() == 2
				&& call.args().getLast().getKind() == CelExpr.ExprKind.Kind.CONSTANT;
		if (!index) {
			return Optional.empty();
		}
		CelConstant key = call.args().getLast().constant();
		return (key.getKind() == CelConstant.Kind.STRING_VALUE) ? Optional.of(key.stringValue()) : Optional.empty();
	}

}
