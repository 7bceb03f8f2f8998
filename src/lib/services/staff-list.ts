/** Who may unlock, as a list of names shows them. */
import type { KeyringState } from '$lib/crypto/keyring';
import type { StaffMember } from '$lib/domain/workplace';

export const staffOf = (keyring: KeyringState): Pick<StaffMember, 'id' | 'name'>[] =>
	[...keyring.people.values()]
		.filter((person) => !person.removed)
		.map(({ staffId, name }) => ({ id: staffId, name }))
		.sort((a, b) => a.name.localeCompare(b.name, 'de'));
