/** HSN (Herstellerschlüsselnummer), field 2.1 of the ZB I: four digits. */
import { compactUpper, failed, passed, type Checked } from './finding';

const isHsn = (value: string): boolean => /^[0-9]{4}$/.test(value);

/** Error unless four digits; letters that look like digits are proposed as digits. */
export function checkHsn(input: string): Checked {
	const value = compactUpper(input);
	if (value === '' || isHsn(value)) return passed(value);
	const mended = value.replace(/O/g, '0').replace(/[IL]/g, '1');
	return failed(value, isHsn(mended) ? { rule: 'hsn-format', proposals: [mended] } : { rule: 'hsn-format' });
}
