/** Case numbers: built, read strictly, and found in what scanners and people make of them. */
import { describe, expect, it } from 'vitest';
import {
	buildCaseNumber,
	caseNumberParts,
	DEVICE_CODE_ALPHABET,
	deviceCodeFromBytes,
	findCaseNumber,
	isDeviceCode,
	parseCaseNumber,
	plainCaseNumber
} from '$lib/domain/case-number';

describe('buildCaseNumber', () => {
	it('builds the example of the design', () => {
		expect(buildCaseNumber('SO', '7KXM', 142)).toBe('SO-7KXM-0142-51');
	});

	it('counts umlauts as AE OE UE', () => {
		expect(buildCaseNumber('LÜN', '7KXM', 1).slice(-2)).toBe(buildCaseNumber('LUEN', '7KXM', 1).slice(-2));
	});

	it('goes on after 9999', () => {
		expect(parseCaseNumber(buildCaseNumber('SO', '7KXM', 10_000))).toMatchObject({ ok: true });
	});
});

describe('parseCaseNumber', () => {
	it.each([
		'SO-7KXM-0142-99',
		'SO-7KXM-1042-51',
		'SO-7KXM',
		'so-7kxm-0142-51',
		'SO7KXM014251',
		'SO-7KXM-0142-51 ',
		'SO-7KYM-0142-51',
		'SOES-7KXM-0142-51',
		'',
		null,
		142
	])('refuses %j', (input) => {
		expect(parseCaseNumber(input)).toEqual({ ok: false, error: { type: 'not-a-case-number' } });
	});

	it('refuses the number 0000 and leading zeros beyond four digits, check digits right or not', () => {
		expect(parseCaseNumber(buildCaseNumber('SO', '7KXM', 0)).ok).toBe(false);
		const padded = buildCaseNumber('SO', '7KXM', 142).replace('0142', '00142');
		for (let check = 0; check < 100; check++)
			expect(parseCaseNumber(padded.slice(0, -2) + String(check).padStart(2, '0')).ok).toBe(false);
	});

	it('takes a built number apart again', () => {
		const parsed = parseCaseNumber('SO-7KXM-0142-51');
		expect(parsed.ok && caseNumberParts(parsed.value)).toEqual({ place: 'SO', device: '7KXM', sequence: 142 });
	});
});

describe('findCaseNumber', () => {
	it.each([
		['as printed', 'SO-7KXM-0142-51'],
		['in lower case', 'so-7kxm-0142-51'],
		['without dashes', 'SO7KXM014251'],
		['with blanks', ' so 7kxm 0142 51 '],
		['with one dash', 'SO-7KXM014251'],
		['by a scanner on a US layout', 'SOß7KXMß0142ß51'],
		['by such a scanner with caps lock', 'SOẞ7KXMẞ0142ẞ51'],
		['with the letter O for zeros', 'SO-7KXM-O142-51'],
		['without leading zeros', 'SO-7KXM-142-51'],
		['with other dashes', 'SO–7KXM—0142‑51']
	])('finds it %s', (_, scanned) => {
		expect(findCaseNumber(scanned)).toBe('SO-7KXM-0142-51');
	});

	it.each(['ZW', 'MYK', 'Z', 'BZ', 'YZ'])('undoes swapped Y and Z in the place code %s', (place) => {
		const number = buildCaseNumber(place, 'A1B2', 77);
		const swapped = number.replaceAll(/[YZ]/g, (letter) => (letter === 'Y' ? 'Z' : 'Y'));
		expect(findCaseNumber(swapped.replaceAll('-', 'ß').toLowerCase())).toBe(number);
		expect(findCaseNumber(swapped.replaceAll('-', ''))).toBe(number);
	});

	it.each(['LÜN', 'TÜ', 'KÖN', 'ÜB', 'ÖHR', 'LÖ', 'WÜM'])(
		'knows the umlaut code %s in each of its spellings',
		(place) => {
			const number = buildCaseNumber(place, '7KXM', 142);
			const spelled = number.replace('Ä', 'AE').replace('Ö', 'OE').replace('Ü', 'UE');
			for (const input of [number, spelled, number.toLowerCase(), spelled.replaceAll('-', ''), number.normalize('NFD')])
				expect(findCaseNumber(input)).toBe(number);
			expect(findCaseNumber(plainCaseNumber(number))).toBe(number);
		}
	);

	it('believes an umlaut that was typed, even where the list knows only the spelled-out code', () => {
		const number = buildCaseNumber('Ü', '7KXM', 142);
		expect(findCaseNumber(number.toLowerCase())).toBe(number);
	});

	it.each(['OE', 'UE', 'COE', 'UEM', 'UER', 'AE'])('leaves the code %s, which has no umlaut, as it is', (place) => {
		const number = buildCaseNumber(place, '7KXM', 142);
		expect(findCaseNumber(number.replaceAll('-', ''))).toBe(number);
	});

	it('reads a number without dashes with the shortest counter, one with dashes as it stands', () => {
		const long = buildCaseNumber('S', 'AB12', 10_001);
		expect(findCaseNumber(long)).toBe(long);
		expect(findCaseNumber(long.replaceAll('-', ''))).toBe(`SA-B121-0001-${long.slice(-2)}`);
	});

	it.each(['', 'Müller', 'SO-AB 123', 'SO-7KXM-0142-52', '142', 'x'.repeat(10_000), '----', '123456789012'])(
		'finds none in %j',
		(input) => {
			expect(findCaseNumber(input)).toBeNull();
		}
	);
});

describe('deviceCodeFromBytes', () => {
	it('makes a code of four characters, five bits each', () => {
		expect(DEVICE_CODE_ALPHABET).toMatch(/^[^IOYZ]{32}$/);
		expect(deviceCodeFromBytes(Uint8Array.of(0, 31, 32, 255, 9))).toBe('0X0X');
		expect(isDeviceCode('0X0X')).toBe(true);
		expect(isDeviceCode('0XOX')).toBe(false);
	});
});
