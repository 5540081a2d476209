package io.gennaker.activities.signature;

/**
 * An image does not carry the signature that it must. The message is for people.
 */
public class SignatureRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public SignatureRefusedException(String message) {
		super(message);
	}

	public SignatureRefusedException(String message, Throwable cause) {
		super(message, cause);
	}

}
