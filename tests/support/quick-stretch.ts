/** A stretcher for tests: as good as none, so that a hundred passwords take no time. Argon2id itself is tested on its own. */
import { sha256, labelled } from '$lib/crypto/bytes';
import { passwordBytes, type PasswordStretcher } from '$lib/crypto/key-derivation';

export const quickStretch: PasswordStretcher = (password, kdf) =>
	sha256(labelled('quick-stretch', passwordBytes(password), kdf.salt));
