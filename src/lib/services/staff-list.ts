/** Who may unlock, as a list of names shows them; and the technical members, which no screen offers. */
import type { KeyringState } from '$lib/crypto/keyring';
import type { Role, StaffMember } from '$lib/domain/workplace';

type Name = Pick<StaffMember, 'id' | 'name'>;

export const staffOf = (keyring: KeyringState): Name[] => namesOf(keyring, (role) => role !== 'feed');
export const feedsOf = (keyring: KeyringState): Name[] => namesOf(keyring, (role) => role === 'feed');

const namesOf = (keyring: KeyringState, isMeant: (role: Role) => boolean): Name[] =>
	[...keyring.people.values()]
		.filter((person) => !person.removed && isMeant(person.role))
		.map(({ staffId, name }) => ({ id: staffId, name }))
		.sort((a, b) => a.name.localeCompare(b.name, 'de'));
