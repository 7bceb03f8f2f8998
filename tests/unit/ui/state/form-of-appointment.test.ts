/** From an appointment to the form of its request. */
import { expect, it } from 'vitest';
import { formMeant } from '$lib/domain/forms/catalog';
import { personOf } from '$lib/ui/state/form-of-appointment.svelte';

it.each([
	['Mustermann, Erika', 'Mustermann', 'Erika'],
	['Erika Mustermann', 'Mustermann', 'Erika'],
	['Anna Maria Müller-Lüdenscheid', 'Müller-Lüdenscheid', 'Anna Maria'],
	['Mustermann', 'Mustermann', ''],
	['Mustermann,', 'Mustermann', ''],
	['', '', '']
])('%j is the family name %j and the given names %j', (name, familyName, givenNames) => {
	expect(personOf(name)).toEqual({ familyName, givenNames });
});

it.each([
	['Umschreibung', 'kfz-umschreibung'],
	['Kurzzeitkennzeichen', 'kfz-kurzzeit'],
	['Personalausweis beantragen', null],
	['', null],
	['e', null]
])('a booked %j means the form %j', (service, formId) => {
	expect(formMeant(service)?.id ?? null).toBe(formId);
});
