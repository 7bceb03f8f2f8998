/** TSN (Typschlüsselnummer), field 2.2 of the ZB I: three characters, or with variant and check digit. */
import { compactUpper, failed, passed, type Checked } from './finding';

/** Error unless three letters or digits, which five digits and a check digit may follow; that digit's rule is not public. */
export function checkTsn(input: string): Checked {
	const value = compactUpper(input);
	if (value === '' || /^[A-Z0-9]{3}(?:[0-9]{5}[0-9]?)?$/.test(value)) return passed(value);
	return failed(value, { rule: 'tsn-format' });
}
