import { expect, it } from 'vitest';
import { csvOf } from '$lib/domain/csv';
import { DEFAULT_SCRIPT, fillScript } from '$lib/ui/text/call-script';
import { mailMergeTable } from '$lib/ui/text/mail-merge-table';
import { anAppointment, THE_DAY } from '../../../support/invented-appointments';

const erika = anAppointment(1, { name: 'Erika Mustermann', cancelReason: 'Personal fehlt', status: 'cancelled' });

it('fills the text for the person in hand', () => {
	expect(fillScript(DEFAULT_SCRIPT, erika, THE_DAY)).toContain('Spreche ich mit Erika Mustermann?');
	expect(fillScript(DEFAULT_SCRIPT, erika, THE_DAY)).toContain(
		'den Termin am Montag, 06.11.2023 um 09:30 Uhr (Umschreibung).'
	);
	expect(fillScript('{Grund}, {Grund}', erika, THE_DAY)).toBe('Personal fehlt, Personal fehlt');
	expect(fillScript('um {Uhrzeit} Uhr', erika, THE_DAY)).toBe('um 09:30 Uhr');
});

it('leaves no gap where something is not known', () => {
	const row = anAppointment(1, { name: '', time: null, service: '' });
	expect(fillScript(DEFAULT_SCRIPT, row, THE_DAY)).toContain('den Termin am Montag, 06.11.2023. Dieser');
	expect(fillScript('{Name}: {Grund}', row, THE_DAY)).toBe('…: …');
});

it('takes nothing of a person for a place, and leaves alone what is no place', () => {
	const row = anAppointment(1, { name: '{Grund} $& $1', cancelReason: 'geheim' });
	expect(fillScript('{Name} {Raum}', row, THE_DAY)).toBe('{Grund} $& $1 {Raum}');
});

it('gives letters a table in which no cell acts', () => {
	const row = anAppointment(2, {
		name: '=SUMME(1+1)',
		phone: '+49 2921 1234',
		email: 'erika@beispiel.de',
		service: 'Umschreibung; Wunschkennzeichen',
		cancelReason: 'Standort geschlossen'
	});
	const lines = csvOf(mailMergeTable([row, anAppointment(3, { place: 'Rathaus II' })], THE_DAY, 'Rathaus I')).split(
		'\r\n'
	);
	expect(lines[0]).toBe('\uFEFFName;E-Mail;Telefon;Datum;Uhrzeit;Anliegen;Grund der Absage;Standort');
	expect(lines[1]).toBe(
		`'=SUMME(1+1);erika@beispiel.de;'+49 2921 1234;06.11.2023;09:30;"Umschreibung; Wunschkennzeichen";Standort geschlossen;Rathaus I`
	);
	expect(lines[2]).toBe('Mustermann 3;;02921 1003;06.11.2023;09:30;Umschreibung;;Rathaus II');
});
