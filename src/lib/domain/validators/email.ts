/** E-Mail: form only; a misspelt well-known provider is a hint. */
import { failed, passed, tidy, type Checked } from './finding';

const ADDRESS = /^[^\s@<>()[\],;:"\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,24}$/u;
const MISSPELT: ReadonlyMap<string, string> = new Map([
	['gmail.de', 'gmail.com'],
	['gmial.com', 'gmail.com'],
	['gmai.com', 'gmail.com'],
	['googlemail.de', 'googlemail.com'],
	['gmx.d', 'gmx.de'],
	['wen.de', 'web.de'],
	['wbe.de', 'web.de'],
	['t-onlin.de', 't-online.de'],
	['tonline.de', 't-online.de'],
	['t-online.com', 't-online.de'],
	['hotmial.com', 'hotmail.com'],
	['outlok.de', 'outlook.de']
]);

/** Error: no address by its form. The part behind the @ is written small. */
export function checkEmail(input: string): Checked {
	const text = tidy(input).replace(/^mailto:/i, '');
	if (text === '') return passed('');
	const at = text.lastIndexOf('@');
	const value = at < 0 ? text : text.slice(0, at) + text.slice(at).toLowerCase();
	const local = value.slice(0, at);
	if (!ADDRESS.test(value) || local.startsWith('.') || local.endsWith('.') || local.includes('..')) {
		return failed(text, { rule: 'email-format' });
	}
	const meant = MISSPELT.get(value.slice(at + 1));
	return meant === undefined
		? passed(value)
		: passed(value, { rule: 'email-domain', details: { domain: meant }, proposals: [`${local}@${meant}`] });
}
