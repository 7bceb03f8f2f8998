/** How to reach the holder, and who acts for them: shared by all forms. */
import type { Condition, FormSection } from './form';
import { YES_NO } from './yes-no';

const REPRESENTED: readonly Condition[] = [{ fieldId: 'representative', oneOf: ['yes'] }];

/** At least one of the two is asked for by a hint: without it nobody can call back, but the case is taken. */
export const contactSection = (options: { readonly phoneRequired?: boolean } = {}): FormSection => ({
	id: 'contact',
	title: 'Erreichbarkeit',
	optional: options.phoneRequired !== true,
	fields: [
		{
			id: 'phone',
			label: 'Telefon',
			kind: 'phone',
			required: options.phoneRequired === true,
			maxLength: 40,
			width: 'half'
		},
		{ id: 'email', label: 'E-Mail', kind: 'email', required: false, maxLength: 254, width: 'half' }
	]
});

export const representativeSection = (): FormSection => ({
	id: 'representative',
	title: 'Vertretung',
	optional: true,
	fields: [
		{
			id: 'representative',
			label: 'Durch eine bevollmächtigte Person vertreten',
			kind: 'yes-no',
			choices: YES_NO,
			required: false,
			initial: 'no',
			width: 'full'
		},
		{
			id: 'representativeName',
			label: 'Name der Vertretung',
			kind: 'name',
			required: true,
			visibleWhen: REPRESENTED,
			maxLength: 200,
			width: 'half'
		},
		{
			id: 'representativeAddress',
			label: 'Anschrift der Vertretung',
			kind: 'text',
			required: false,
			visibleWhen: REPRESENTED,
			maxLength: 200,
			width: 'half'
		},
		{
			id: 'representativePhone',
			label: 'Telefon der Vertretung',
			kind: 'phone',
			required: false,
			visibleWhen: REPRESENTED,
			maxLength: 40,
			width: 'half'
		}
	]
});
