/** What goes wrong besides weather and crashes: old copies put back, and changes of staff and keys in the middle of it. */
import type { SimDevice } from './device';
import { reckonLoss } from './invariants';
import { DAY_MS, HOUR_MS, restartLater, type SiteRun } from './build-site';
import { addPersonAt, revokeAt, rotateAt } from './staff-changes';

/** The fifth may be lost and locked out; its copies are then locked out as well. */
const endangered = ({ devices }: SiteRun): readonly SimDevice[] => devices.slice(0, 4);

type Plan = (run: SiteRun, someDay: () => number) => void;

/** The server dies and comes back with what it had days ago [SY3]. */
const serverPutBack: Plan = (run, someDay) => {
	const { scheduler, server } = run;
	const [copied, restored] = twoDays(someDay);
	let copy: Buffer | null = null;
	scheduler.at(copied, () => void (copy = server.copy()), null);
	scheduler.at(
		restored,
		() => {
			if (!copy) return;
			const old = copy;
			if (server.actor().alive) scheduler.crash(server.actor(), 'its database being put back');
			else restartLater(run);
			void server
				.restore(old)
				.then(() => reckonLoss(run))
				.catch(scheduler.fail);
		},
		null
	);
};

/** A profile comes back as it was days ago. */
const devicePutBack: Plan = (run, someDay) => {
	const { scheduler, chance } = run;
	const device = chance.pick(endangered(run));
	const [copied, restored] = twoDays(someDay);
	let copy: ReturnType<SimDevice['image']> | null = null;
	scheduler.at(copied, () => void (copy = device.image()), null);
	scheduler.at(
		restored,
		() => {
			if (!copy) return;
			run.copied.add(device.deviceId()).add(copy.stores.identity.deviceId);
			device.putBack(copy);
			void reckonLoss(run).catch(scheduler.fail);
		},
		null
	);
};

/** One profile imaged onto another machine, where somebody else works: both go on. */
const deviceCloned: Plan = (run, someDay) => {
	const { scheduler, chance } = run;
	const original = chance.pick(endangered(run));
	scheduler.at(
		someDay(),
		() => {
			run.copied.add(original.deviceId());
			const clone = run.addDevice(original.image(), run.devices.length);
			scheduler.note(clone.name, `is a clone of ${original.name}`);
			clone.start();
		},
		null
	);
};

const keyRotated: Plan = ({ scheduler, devices }, someDay) => {
	const admin = devices[0]!;
	scheduler.at(someDay(), () => admin.act('rotates the key', rotateAt), null);
};

const personAdded: Plan = ({ scheduler, devices, space }, someDay) => {
	const admin = devices[0]!;
	scheduler.at(someDay(), () => admin.act('adds a person', (at) => addPersonAt(at, space, admin.person, 'Nina')), null);
};

const deviceRevoked: Plan = ({ scheduler, devices }, someDay) => {
	const [admin, lost] = [devices[0]!, devices[4]!];
	scheduler.at(
		someDay(),
		() =>
			admin.act('revokes D5', async (at) => {
				const deviceId = lost.deviceId();
				const head = at.facts()?.heads.get(deviceId);
				lost.retire();
				await revokeAt(at, deviceId, head);
			}),
		null
	);
};

const twoDays = (someDay: () => number): [number, number] => {
	const [one, other] = [someDay(), someDay()];
	return [Math.min(one, other), Math.max(one, other)];
};

/** Whether the server, and whether profiles are put back. */
const KINDS: readonly (readonly [server: boolean, profile: boolean])[] = [
	[true, false],
	[true, false],
	[false, true],
	[false, true],
	[true, true]
];

export function planDisasters(run: SiteRun, days: number): void {
	const { chance, scheduler } = run;
	const start = scheduler.now();
	const someDay = () => start + chance.below(days) * DAY_MS + chance.below(12 * HOUR_MS);
	const plan = (probability: number, one: Plan) => {
		if (chance.happens(probability)) one(run, someDay);
	};
	const [isServer, isProfile] = chance.pick(KINDS);
	// With both, a server that lost a history takes the second one for the first (docs/simulation.md).
	run.mayStayParted = isServer && isProfile;
	if (isServer) {
		plan(0.8, serverPutBack);
		plan(0.3, serverPutBack);
	}
	if (isProfile) {
		plan(0.6, devicePutBack);
		plan(0.3, devicePutBack);
		plan(0.5, deviceCloned);
		plan(0.2, deviceCloned);
	}
	plan(0.4, keyRotated);
	plan(0.3, personAdded);
	plan(0.2, deviceRevoked);
}
