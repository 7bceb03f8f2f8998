/** A time as part of a file's name. */
import type { Instant } from '$lib/domain/time';

/** `2023-10-30-0941`, by the clock of the device: only a name, so that two downloads are told apart. */
export function fileStamp(now: Instant): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const at = new Date(now);
	const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
	return `${date}-${two(at.getHours())}${two(at.getMinutes())}`;
}
