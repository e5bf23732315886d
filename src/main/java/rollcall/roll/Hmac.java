package rollcall.roll;

import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (RFC 2104). Public, because {@code access} signs a cookie with it.
 */
public final class Hmac {

	private static final String ALGORITHM = "HmacSHA256";

	private Hmac() {
	}

	/**
	 * Signs a message.
	 * @param key the secret, at least 16 bytes
	 * @param message the message
	 * @return 32 bytes
	 */
	public static byte[] sign(byte[] key, byte[] message) {
		return withKey(key).doFinal(message);
	}

	/**
	 * Signs many messages with one key, in one thread at a time: the key is read once.
	 */
	static Mac withKey(byte[] key) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(key, ALGORITHM));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
