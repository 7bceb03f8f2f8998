import { expect, it } from 'vitest';
import { readPastedVehicles } from '$lib/ui/state/vehicle-paste';

const FIELDS = ['plate', 'vin', 'evb'];

it('leaves one plain value to the field', () => {
	expect(readPastedVehicles('SO-AB 1', FIELDS, 'plate')).toBeNull();
	expect(readPastedVehicles('  ', FIELDS, 'plate')).toBeNull();
});

it('takes each line as a vehicle, and knows a FIN in whatever column', () => {
	expect(readPastedVehicles('SO-AB 1\r\nWVWZZZ1JZXW000001\n\n', FIELDS, 'plate')).toEqual([
		{ plate: 'SO-AB 1' },
		{ vin: 'WVWZZZ1JZXW000001' }
	]);
	expect(readPastedVehicles('WVWZZZ1JZXW000001\nSO-AB 2', FIELDS, 'vin')).toEqual([
		{ vin: 'WVWZZZ1JZXW000001' },
		{ plate: 'SO-AB 2' }
	]);
});

it('fills columns from a spreadsheet, beginning with the one pasted into', () => {
	expect(readPastedVehicles('WVWZZZ1JZXW000001\tABC1234\t9', FIELDS, 'vin')).toEqual([
		{ vin: 'WVWZZZ1JZXW000001', evb: 'ABC1234' }
	]);
	expect(readPastedVehicles('SO-AB 1;;ABC1234\nSO-AB 2', FIELDS, 'plate')).toEqual([
		{ plate: 'SO-AB 1', evb: 'ABC1234' },
		{ plate: 'SO-AB 2' }
	]);
});
