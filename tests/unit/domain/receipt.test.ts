/** Receipt: what stands on the sheet, for one request and for a dealer's batch. */
import { describe, expect, it } from 'vitest';
import { receiptOf } from '$lib/domain/receipt';
import { anOperation, aForm, aRequestOpened, aRequestView, MONDAY } from '../../fixtures/builders';

const office = { commune: 'Soest, Stadt', site: 'Bürgerbüro', counter: 'Schalter 3' };
const findForm = () => aForm();

describe('receiptOf', () => {
	it('says what was taken, handed in, is lacking, and what happens next', () => {
		const changes = {
			'answers/familyName': 'Mustermann',
			'answers/givenNames': 'Erika',
			'papers/zb1': 'present',
			'papers/evb': 'missing',
			missing: ['plate', 'evb']
		};
		expect(receiptOf([aRequestView([aRequestOpened({ at: MONDAY, changes })])], findForm, office)).toEqual({
			...office,
			items: [
				{ id: aRequestOpened().subjectId, caseNumber: 'SO-7KXM-0142-51', matter: 'Umschreibung', plate: '', vin: '' }
			],
			name: 'Mustermann, Erika',
			receivedAt: MONDAY,
			earlierReceiptReason: null,
			handedIn: ['Zulassungsbescheinigung Teil I'],
			missing: ['Kennzeichen', 'eVB'],
			nextSteps: ['Die Zulassungsbehörde meldet sich.'],
			deadlines: ['unverzüglich'],
			fees: ['30,00 €'],
			maskedIban: null,
			copy: 1
		});
	});

	it('holds no IBAN in full', () => {
		const view = aRequestView([aRequestOpened({ changes: { 'answers/iban': 'DE02 1203 0000 0000 2020 51' } })]);
		const receipt = receiptOf([view], findForm, office);
		expect(receipt?.maskedIban).toBe(`DE${'•'.repeat(16)}2051`);
		expect(JSON.stringify(receipt)).not.toMatch(/1203/);
	});

	it('lists all numbers of a batch on one sheet, with the earliest time', () => {
		const log = [1, 2].map((subject) =>
			aRequestOpened({ sequence: subject, subject, batch: 1, at: MONDAY + 10 - subject, caseNumber: `SO-${subject}` })
		);
		const receipt = receiptOf([aRequestView(log, 1), aRequestView(log, 2)], findForm, office);
		expect(receipt?.items.map(({ caseNumber }) => caseNumber)).toEqual(['SO-1', 'SO-2']);
		expect(receipt).toMatchObject({ receivedAt: MONDAY + 8, nextSteps: [aForm().nextSteps] });
	});

	it('is a „Zweitschrift“ after a confirmed copy', () => {
		const issued = anOperation(
			'receipt-issued',
			{ copy: 1, medium: 'a4', changes: { receipt: { value: 1, replaces: [] } } },
			{ sequence: 2 }
		);
		expect(receiptOf([aRequestView([aRequestOpened(), issued])], findForm, office)?.copy).toBe(2);
	});

	it('tells why the time of receipt lies before the recording', () => {
		const received = { at: MONDAY - 1, reason: 'Papierantrag vom Freitag' };
		const view = aRequestView([aRequestOpened({ changes: { received } })]);
		expect(receiptOf([view], findForm, office)).toMatchObject({
			receivedAt: MONDAY - 1,
			earlierReceiptReason: 'Papierantrag vom Freitag'
		});
	});

	it('stands without the form, and is none without a request', () => {
		expect(receiptOf([aRequestView()], () => null, office)?.items[0]?.matter).toBe('umschreibung');
		expect(receiptOf([], findForm, office)).toBeNull();
	});
});
