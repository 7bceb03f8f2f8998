/** „--join“: this machine becomes a device of the space, with the technical member that a lead has added. */
import type { PasswordStretcher } from '$lib/crypto/key-derivation';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock } from '$lib/domain/time';
import { createDeviceSetup } from '$lib/services/device-setup';
import type { SetupError, UnlockError } from '$lib/services/workspace';
import type { FeedStores } from './sqlite-stores';

export interface JoinPorts {
	readonly stores: FeedStores;
	readonly clock: Clock;
	readonly stretch: PasswordStretcher;
}

export interface JoinInput {
	readonly code: string;
	/** '' where the code's own text names it. */
	readonly server: string;
	/** Of the member; '' where there is only one. */
	readonly name: string;
	readonly passphrase: string;
}

export type JoinFailure =
	| SetupError
	| UnlockError
	| { readonly type: 'already-joined' }
	/** The keyring in the package holds no Einlesedienst, none of this name, or several and no name was given. */
	| { readonly type: 'no-such-member' | 'several-members' };

export async function joinSpace(ports: JoinPorts, input: JoinInput): Promise<Result<{ commune: string }, JoinFailure>> {
	const { stores } = ports;
	if (await stores.identity.load()) return err({ type: 'already-joined' });
	const setup = createDeviceSetup({
		...ports,
		session: { enter: async () => ok(undefined) },
		// One process holds the file, and does one thing after the other.
		inWriteTurn: (write) => write(),
		mark: () => undefined
	});
	const draft = await setup.prepareJoining(input.server, input.code);
	if (!draft.ok) return draft;
	const { feeds, commune } = draft.value;
	const named = feeds.filter(({ name }) => input.name === '' || name === input.name.normalize('NFC').trim());
	const [member, ...others] = named;
	if (!member) return err({ type: 'no-such-member' });
	if (others.length > 0) return err({ type: 'several-members' });
	// Before the identity: without that this device is not set up, and with it it must know as whom it signs.
	stores.member.save(member.id);
	const counter = member.name;
	const joined = await draft.value.complete({
		site: '',
		counter,
		staffId: member.id,
		password: input.passphrase
	});
	return joined.ok ? ok({ commune }) : joined;
}
