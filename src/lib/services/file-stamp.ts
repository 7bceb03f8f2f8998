/** A time as part of a file's name. */
import type { Instant } from '$lib/domain/time';

/** `2023-10-30-094158`, by the clock of the device: only a name, so that two files are told apart, and none takes the place of another. */
export function fileStamp(now: Instant): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const at = new Date(now);
	const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
	return `${date}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
}
