/** One operation under several names (SY15), told from what it says alone. */
import type { AnyOperation } from '$lib/domain/operation';

export interface Told {
	readonly operation: AnyOperation;
	readonly names: readonly string[];
}

/** The first name it ever had, and what it says: both are the same wherever it was recorded again. */
export function signOf(operation: AnyOperation): string {
	const { formerName, deviceId, sequence, subjectId, recordedAt } = operation;
	const changes = operation.type === 'unknown' ? [] : Object.entries(operation.body.changes);
	const words = [subjectId, recordedAt, changes.map(([path, { value }]) => [path, value])];
	return `${formerName ?? `${deviceId}:${sequence}`} ${JSON.stringify(words)}`;
}

/** Each once, with all names it was met under. */
export function oncePerTwin(operations: readonly AnyOperation[]): Told[] {
	const told = new Map<string, Told>();
	for (const operation of operations) {
		const sign = signOf(operation);
		const names = [...(told.get(sign)?.names ?? []), `${operation.deviceId}:${operation.sequence}`];
		told.set(sign, { operation, names });
	}
	return [...told.values()];
}
