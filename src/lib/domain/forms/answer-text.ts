/** Answers as people read them: dates, months, choices and IBANs in words of the form. */
import { germanDate } from '../validators/date';
import { germanMonth } from '../validators/month';
import type { FieldDefinition } from './form';

/** The kept answer → what stands on screen, receipt and re-entry row; '' stays ''. */
export function answerText(field: FieldDefinition, answer: string): string {
	switch (field.kind) {
		case 'date':
		case 'birth-date':
			return germanDate(answer);
		case 'month':
			return germanMonth(answer);
		case 'iban':
			return answer.replace(/(.{4})(?=.)/g, '$1 ');
		case 'yes-no':
			return answer === 'yes' ? 'ja' : answer === 'no' ? 'nein' : answer;
		case 'choice':
			return field.choices?.find(({ value }) => value === answer)?.label ?? answer;
		default:
			return answer;
	}
}
