/** Many vehicles of one person: what one row leaves empty is empty, whatever was typed for another vehicle before. */
import { describe, expect, it } from 'vitest';
import { changeOfHolder } from '$lib/domain/forms/change-of-holder';
import type { RequestId } from '$lib/domain/ids';
import type { LocalDate } from '$lib/domain/time';
import { checkForm } from '$lib/ui/state/form-check';
import { requestInput } from '$lib/ui/state/form-input';

const TODAY = '2026-11-24' as LocalDate;
const FIRST = '1'.repeat(32) as RequestId;
const SECOND = '2'.repeat(32) as RequestId;

/** As the form stands when the table is begun from one vehicle that was typed already. */
const vehicle = { plate: 'SO-AB 1', vin: 'WVWZZZ1JZXW000001', evb: 'A1B2C3D', keepPlate: 'yes' };
const answers = { holderKind: 'company', companyName: 'Autohaus Beispiel GmbH', ...vehicle };
const rows = [
	{ rowId: FIRST, answers: vehicle },
	{ rowId: SECOND, answers: { keepPlate: 'yes' } }
];

describe('a row that is empty yet', () => {
	it('lacks what it must have', () => {
		const { missing } = checkForm(changeOfHolder, answers, rows, TODAY);
		expect(missing).toEqual(expect.arrayContaining([`${SECOND}.plate`, `${SECOND}.vin`, `${SECOND}.evb`]));
		expect(missing).not.toContain(`${FIRST}.vin`);
	});

	it('is not saved with the plate, FIN and eVB of another', () => {
		const { vehicles } = requestInput({
			form: changeOfHolder,
			requestId: FIRST,
			draftId: null,
			answers,
			rowAnswers: rows,
			papers: {},
			note: '',
			urgency: 'normal',
			urgencyReason: '',
			received: null,
			missingKeys: [],
			appointmentId: null
		});
		expect(vehicles.map(({ answers }) => answers)).toEqual([vehicle, { keepPlate: 'yes' }]);
	});
});
