import { expect, it } from 'vitest';
import { isComplete } from '$lib/ui/state/auto-advance.svelte';

it.each([
	['birth-date', '01021960'],
	['birth-date', '01.02.1960'],
	['month', '05/2027'],
	['postal-code', '59494'],
	['vin', 'WVWZZZ1JZXW000001'],
	['hsn', '0603'],
	['evb', 'abc1234'],
	['iban', 'DE02120300000000202051'],
	['iban', 'DE02 1203 0000 0000 2020 51'],
	['plate', 'SO-AB 1234']
] as const)('%s is whole with %j', (kind, typed) => {
	expect(isComplete(kind, typed)).toBe(true);
});

it.each([
	['birth-date', '010260'],
	['postal-code', '5949'],
	['vin', 'WVWZZZ1JZXW00000'],
	['evb', 'abc123'],
	['iban', 'DE0212030000000020205'],
	['iban', 'AT611904300234573201'],
	['plate', 'SO-AB 123'],
	['plate', 'SO-AB 12H'],
	['tsn', 'ABC'],
	['name', 'Müller'],
	['text', '12345678']
] as const)('%s may go on after %j', (kind, typed) => {
	expect(isComplete(kind, typed)).toBe(false);
});
