/** What is typed while a device is set up; kept on the page alone until everything is at hand. */
import { memberByAgs, primaryPlateCode } from '$lib/domain/places/members';
import type { FoundSpaceInput } from '$lib/services/workspace';

export class SetupState {
	/** Official key of a member, or a name typed in. */
	commune = $state('');
	typedPlaceCode = $state('');
	site = $state('');
	counter = $state('');
	staffName = $state('');
	password = $state('');
	origin = $state(window.location.origin);
	code = $state('');

	readonly member = $derived(memberByAgs(this.commune));
	readonly communeName = $derived(this.member?.name ?? this.commune.trim());
	readonly placeCode = $derived(
		this.member ? primaryPlateCode(this.member) : this.typedPlaceCode.trim().toLocaleUpperCase('de')
	);
	/** Words that an attacker would try first. */
	readonly personal = $derived([this.staffName, this.communeName, this.site, this.counter]);

	founding(withServer: boolean): FoundSpaceInput {
		return {
			commune: this.communeName,
			ags: this.member?.ags ?? null,
			placeCode: this.placeCode,
			site: this.site.trim(),
			counter: this.counter.trim(),
			staffName: this.staffName.trim(),
			password: this.password,
			server: withServer ? { origin: this.origin.trim(), code: this.code.trim() } : null
		};
	}

	/** What nobody should find on the page afterwards. */
	forget(): void {
		this.password = '';
		this.code = '';
	}
}

/** `https://…` or a bare host name; what is typed in full. */
export function isAddress(typed: string): boolean {
	try {
		const { protocol, host } = new URL(typed.includes('://') ? typed.trim() : `https://${typed.trim()}`);
		return (protocol === 'https:' || protocol === 'http:') && host !== '';
	} catch {
		return false;
	}
}
