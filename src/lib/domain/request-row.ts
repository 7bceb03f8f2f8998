/** RequestRow: a request as lists show it, sort it and search it. */
import {
	answerPath,
	conflictPaths,
	currentText,
	missingOf,
	receiptCopiesOf,
	receivedAtOf,
	statusOf,
	urgencyOf,
	type RequestRow,
	type RequestView
} from './request-view';
import { compareStamps, type Stamp } from './stamp';

export function requestRow(view: RequestView): RequestRow {
	const status = statusOf(view);
	const row: RequestRow = {
		id: view.id,
		caseNumber: view.caseNumber,
		formId: view.formId,
		status,
		urgency: urgencyOf(view),
		urgencyReason: currentText(view, 'urgencyReason'),
		name: nameOf(view),
		plate: currentText(view, answerPath('plate')),
		vin: currentText(view, answerPath('vin')),
		receivedAt: receivedAtOf(view),
		openedAt: view.openedAt,
		changedAt: lastStamp(view),
		deviceId: view.openedAt.deviceId,
		missingCount: missingOf(view).length,
		conflictCount: conflictPaths(view).length,
		unknownOperations: view.unknownOperations,
		receiptCopies: receiptCopiesOf(view),
		batchId: view.batchId,
		query: status === 'query' ? currentText(view, 'query') : '',
		reference: status === 'done' ? currentText(view, 'reference') : ''
	};
	return view.furtherCaseNumbers === undefined ? row : { ...row, furtherCaseNumbers: view.furtherCaseNumbers };
}

/** As typed: „Mustermann, Erika“, and a company's name before its owner's. */
export function nameOf(view: RequestView): string {
	const person = [currentText(view, answerPath('familyName')), currentText(view, answerPath('givenNames'))];
	const company = currentText(view, answerPath('companyName'));
	const personName = person.filter((part) => part !== '').join(', ');
	if (company === '' || personName === '') return company || personName;
	return `${company} (${personName})`;
}

const lastStamp = (view: RequestView): Stamp =>
	view.history.reduce((last, { stamp }) => (compareStamps(stamp, last) > 0 ? stamp : last), view.openedAt);
