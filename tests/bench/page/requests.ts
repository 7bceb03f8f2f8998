/** Invented requests as a counter takes them: a Halterwechsel with 16 answers, its papers and a note, about 1 KB. */
import type { RequestId } from '$lib/domain/ids';
import type { TakeRequestInput } from '$lib/services/workspace';

const FAMILY_NAMES = [
	'Müller',
	'Schäfer',
	'Yıldız',
	'Kowalski',
	'Brüggemann',
	'Weiß',
	'Schulte-Berge',
	'Nowak',
	'Öztürk'
];
const GIVEN_NAMES = ['Jürgen', 'Anna Maria', 'Łucja', 'Mehmet', 'Sabine', 'Karl-Heinz', 'Aylin', 'Björn', 'Renate'];
const STREETS = ['Jakobistraße', 'Am Vreithof', 'Lütgen Grandweg', 'Nöttenstraße', 'Walburger Straße', 'Osthofen'];
const CITIES = [
	['59494', 'Soest'],
	['59555', 'Lippstadt'],
	['59457', 'Werl'],
	['59581', 'Warstein']
] as const;
const NOTES = [
	'',
	'Kommt am Donnerstag mit der ZB II wieder, die noch bei der Bank liegt.',
	'Bittet um Anruf am Nachmittag; Übergabe der alten Schilder ist mit dem Verkäufer vereinbart.'
];
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const VIN_SIGNS = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';

/** Numbers without order, the same in every run (mulberry32). */
export function numbersFrom(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
}
type Draw = ReturnType<typeof numbersFrom>;

const oneOf = <T>(draw: Draw, values: readonly T[]): T => values[draw(values.length)] as T;
const signs = (draw: Draw, alphabet: string, length: number): string =>
	Array.from({ length }, () => alphabet.charAt(draw(alphabet.length))).join('');
const digits = (draw: Draw, length: number): string => signs(draw, '0123456789', length);
const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** What was typed for one person and vehicle; no two are alike. */
export function aRequest(draw: Draw, requestId: RequestId): TakeRequestInput {
	const [postalCode, city] = oneOf(draw, CITIES);
	const lacksPaper = draw(5) === 0;
	return {
		requestId,
		draftId: null,
		formId: 'kfz-umschreibung',
		formVersion: 1,
		answers: {
			holderKind: 'person',
			familyName: oneOf(draw, FAMILY_NAMES),
			givenNames: oneOf(draw, GIVEN_NAMES),
			birthDate: `${1940 + draw(65)}-${twoDigits(1 + draw(12))}-${twoDigits(1 + draw(28))}`,
			birthPlace: oneOf(draw, CITIES)[1],
			gender: oneOf(draw, ['female', 'male']),
			street: oneOf(draw, STREETS),
			houseNumber: String(1 + draw(180)),
			postalCode,
			city,
			phone: `02921 ${digits(draw, 6)}`,
			plate: `SO-${signs(draw, LETTERS, 2)} ${1 + draw(9_999)}`,
			vin: `WVW${signs(draw, VIN_SIGNS, 14)}`,
			evb: signs(draw, VIN_SIGNS, 7),
			iban: `DE${digits(draw, 20)}`,
			keepPlate: oneOf(draw, ['yes', 'no'])
		},
		papers: {
			zb1: 'present',
			zb2: lacksPaper ? 'missing' : 'present',
			inspection: 'present',
			evb: 'present',
			identity: 'present',
			sepa: 'present'
		},
		note: oneOf(draw, NOTES),
		urgency: 'normal',
		urgencyReason: '',
		received: null,
		missing: lacksPaper ? ['zb2'] : [],
		vehicles: []
	};
}
