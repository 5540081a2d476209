package io.gennaker.web.security;

/**
 * A user of the directory.
 *
 * @param encodedPassword with the encoding's id in front, such as {@code {bcrypt}…}
 */
record Account(Person person, String encodedPassword) {

	@Override
	public String toString() {
		return "Account[" + this.person + "]";
	}

}
