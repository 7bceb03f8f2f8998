import { describe, expect, it } from 'vitest';
import { memberByAgs, MEMBERS, primaryPlateCode } from '$lib/domain/places/members';
import {
	isAuthorityCode,
	isAuthorityOnlyCode,
	legacyPlateCodePlace,
	plateCodePlace,
	plateCodes
} from '$lib/domain/places/plate-codes';
import { placeOfPostalCode } from '$lib/domain/places/postal-codes';

describe('members', () => {
	it('are 72: 67 towns and municipalities, 5 Kreise', () => {
		expect(MEMBERS).toHaveLength(72);
		expect(MEMBERS.filter(({ kind }) => kind === 'district').map(({ name }) => name)).toEqual([
			'Hochsauerlandkreis',
			'Kreis Olpe',
			'Kreis Siegen-Wittgenstein',
			'Kreis Soest',
			'Märkischer Kreis'
		]);
	});
	it('have each their own key, and codes that exist', () => {
		expect(new Set(MEMBERS.map(({ ags }) => ags)).size).toBe(72);
		for (const { ags, kind, plateCodes: codes } of MEMBERS) {
			expect(ags).toMatch(kind === 'district' ? /^05\d{3}$/ : /^05\d{6}$/);
			expect(codes.length).toBeGreaterThan(0);
			for (const code of codes) expect(plateCodePlace(code)).not.toBeNull();
		}
	});
	it('begin case numbers with the code of their Kreis', () => {
		const codeOf = (name: string) => MEMBERS.filter((member) => member.name === name).map(primaryPlateCode);
		expect(codeOf('Lippstadt')).toEqual(['SO']);
		expect(codeOf('Lüdenscheid')).toEqual(['MK']);
		expect(codeOf('Bad Berleburg')).toEqual(['SI']);
		expect(memberByAgs('05962004')?.name).toBe('Altena');
		expect(memberByAgs('99999999')).toBeNull();
	});
});

describe('plate codes', () => {
	it('are 722, of one to three letters, each with a place', () => {
		expect(plateCodes()).toHaveLength(722);
		for (const code of plateCodes()) {
			expect(code).toMatch(/^[A-ZÄÖÜ]{1,3}$/);
			expect(plateCodePlace(code)).not.toBe('');
		}
		expect(plateCodes().filter((code) => /[ÄÖÜ]/.test(code))).toHaveLength(41);
	});
	it('tell old ones and those of authorities apart', () => {
		expect(plateCodePlace('SO')).toBe('Kreis Soest');
		for (const code of ['LÜD', 'AR', 'BRI', 'MES']) {
			expect(plateCodePlace(code)).toBeNull();
			expect(legacyPlateCodePlace(code)).not.toBeNull();
		}
		expect(isAuthorityCode('B')).toBe(true);
		expect(isAuthorityOnlyCode('B')).toBe(false);
		expect(isAuthorityOnlyCode('THW')).toBe(true);
		expect(isAuthorityCode('SO')).toBe(false);
	});
});

it('gives the place of a postal code only where it is known', () => {
	expect(placeOfPostalCode('58762')).toBe('Altena');
	expect(placeOfPostalCode('01067')).toBeNull();
});
