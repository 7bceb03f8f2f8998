/** What an event says of the citizen and the matter, taken as it stands. */
import type { GivenFacts } from './facts';
import type { IcsEvent } from './ics-event';
import type { IcsProperty } from './ics-properties';

type Told = Pick<Required<GivenFacts>, 'name' | 'phone' | 'email' | 'service' | 'note' | 'number' | 'place'>;

/** ZMS: `YYYYMMDD-<number>`. */
const ZMS_UID = /^\d{8}-(\d{1,12})$/;
const EMAIL = /[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,4}/gu;
/** Only where it is called one: a number alone may be anything. */
const PHONE =
	/(?<!\p{L})(?:Tel(?:efon)?(?:nummer|nr)?|Mobil(?:telefon|nummer|funk)?|Handy(?:nummer)?|Rufnummer|Phone|Mobile)\.?[ \t]{0,3}:?[ \t]{0,3}(\+?\(?\d[\d ()/–-]{3,28}\d)/iu;

export function toldBy({ properties, uid }: Pick<IcsEvent, 'properties' | 'uid'>): Told {
	const first = (name: string): string => properties.get(name)?.[0]?.values[0] ?? '';
	const all = (name: string): readonly string[] => (properties.get(name) ?? []).flatMap(({ values }) => values);
	const note = first('description');
	const organizer = addressOf(first('organizer'));
	const addresses = [...(note.match(EMAIL) ?? []), ...all('attendee').map(addressOf)];
	return {
		name: first('summary') || guestName(properties.get('attendee') ?? [], organizer),
		phone: PHONE.exec(note)?.[1] ?? '',
		email: addresses.find((address) => address !== '' && !isSame(address, organizer)) ?? '',
		service: all('categories')
			.map((category) => category.trim())
			.filter((category) => category !== '')
			.join(', '),
		note,
		number: ZMS_UID.exec(uid)?.[1] ?? '',
		place: first('location')
	};
}

/** Some systems leave the subject empty and name the citizen as the guest. */
function guestName(attendees: readonly IcsProperty[], organizer: string): string {
	const guest = attendees.find(({ values }) => !isSame(addressOf(values[0] ?? ''), organizer));
	const name = guest?.parameters.cn;
	return typeof name === 'string' ? name : '';
}

const addressOf = (calendarUser: string): string => /^mailto:(\S+@\S+)$/i.exec(calendarUser.trim())?.[1] ?? '';
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
