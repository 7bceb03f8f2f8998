/** What happened to a request, with the values before and after, read from the log when somebody looks at it. */
import type { DeviceId, OperationName, StaffId } from '$lib/domain/ids';
import { operationName } from '$lib/domain/ids';
import type { AnyOperation, FieldChange } from '$lib/domain/operation';
import type { RequestView } from '$lib/domain/request';
import type { TimelineEntry } from './workspace';

interface TimelinePorts {
	operations(names: readonly OperationName[]): Promise<readonly AnyOperation[]>;
	staffName(id: StaffId): string;
	counterName(id: DeviceId): string;
}

/** Entries ascending by stamp. An operation that cannot be read in full still stands there, without its values. */
export async function readTimeline(view: RequestView, ports: TimelinePorts): Promise<TimelineEntry[]> {
	const operations = await ports.operations(view.history.map((entry) => entry.name));
	const byName = new Map(operations.map((op) => [operationName(op.deviceId, op.sequence), op]));
	const valueOf = (name: OperationName | undefined, path: string) =>
		name === undefined ? null : (changesOf(byName.get(name))[path]?.value ?? null);
	return view.history.map(({ name, type, staffId, stamp, again }) => {
		const operation = byName.get(name);
		const changes = Object.entries(changesOf(operation));
		return {
			name,
			type,
			staffName: ports.staffName(staffId),
			counter: ports.counterName(stamp.deviceId),
			at: stamp,
			again: again ? { signedBy: again.signedBy && ports.staffName(again.signedBy) } : null,
			changes: changes.map(([path, { value, replaces }]) => ({
				path,
				before: valueOf(replaces[0], path),
				after: value
			})),
			reason:
				operation && operation.type !== 'unknown' && 'reason' in operation.body ? (operation.body.reason ?? null) : null
		};
	});
}

const changesOf = (operation: AnyOperation | undefined): { readonly [path: string]: FieldChange } =>
	operation && operation.type !== 'unknown' ? operation.body.changes : {};
