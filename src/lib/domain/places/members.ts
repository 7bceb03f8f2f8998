/** The 72 members of Südwestfalen-IT: 67 towns and 5 Kreise, with their keys and plate codes. */

export interface Member {
	readonly name: string;
	/** „Stadt“, „Gemeinde“ or „Kreis“. */
	readonly kind: 'town' | 'municipality' | 'district';
	readonly district: string;
	/** Amtlicher Gemeindeschlüssel: eight digits, five for a Kreis. */
	readonly ags: string;
	/** Postal code of the town hall; null for a Kreis. */
	readonly postalCode: string | null;
	/** Codes in use there; the first is the primary one, which case numbers begin with. */
	readonly plateCodes: readonly string[];
}

interface District {
	readonly name: string;
	readonly ags: string;
	readonly member: boolean;
	readonly plateCodes: readonly string[];
	/** `name|ags|postal code`, Gemeinden (not towns) with a leading `*`. */
	readonly places: string;
}

/**
 * Source: Destatis GV100AD, 30.11.2023 (© Statistisches Bundesamt, Datenlizenz Deutschland Namensnennung 2.0), by
 * theodm/python-gemeindeverzeichnis (MIT); membership: Westfalenpost, 30.10.2023; codes: see plate-codes.ts.
 * Unna and Rheinisch-Bergischer Kreis are no members themselves as far as is known, some of their towns are.
 */
const DISTRICTS: readonly District[] = [
	{
		name: 'Märkischer Kreis',
		ags: '05962',
		member: true,
		plateCodes: ['MK'],
		places: `Altena|05962004|58762
Balve|05962008|58802
Halver|05962012|58553
Hemer|05962016|58675
*Herscheid|05962020|58849
Iserlohn|05962024|58636
Kierspe|05962028|58566
Lüdenscheid|05962032|58507
Meinerzhagen|05962036|58540
Menden|05962040|58706
*Nachrodt-Wiblingwerde|05962044|58769
Neuenrade|05962048|58809
Plettenberg|05962052|58840
*Schalksmühle|05962056|58579
Werdohl|05962060|58791`
	},
	{
		name: 'Kreis Soest',
		ags: '05974',
		member: true,
		plateCodes: ['SO', 'LP'],
		places: `*Anröchte|05974004|59609
*Bad Sassendorf|05974008|59505
*Ense|05974012|59469
Erwitte|05974016|59597
Geseke|05974020|59590
*Lippetal|05974024|59510
Lippstadt|05974028|59555
*Möhnesee|05974032|59519
Rüthen|05974036|59602
Soest|05974040|59494
Warstein|05974044|59581
*Welver|05974048|59514
Werl|05974052|59457
*Wickede|05974056|58739`
	},
	{
		name: 'Hochsauerlandkreis',
		ags: '05958',
		member: true,
		plateCodes: ['HSK'],
		places: `Arnsberg|05958004|59759
*Bestwig|05958008|59909
Brilon|05958012|59929
*Eslohe|05958016|59889
Hallenberg|05958020|59969
Marsberg|05958024|34431
Medebach|05958028|59964
Meschede|05958032|59872
Olsberg|05958036|59939
Schmallenberg|05958040|57392
Sundern|05958044|59846
Winterberg|05958048|59955`
	},
	{
		name: 'Kreis Olpe',
		ags: '05966',
		member: true,
		plateCodes: ['OE'],
		places: `Attendorn|05966004|57439
Drolshagen|05966008|57489
*Finnentrop|05966012|57413
*Kirchhundem|05966016|57399
Lennestadt|05966020|57368
Olpe|05966024|57462
*Wenden|05966028|57482`
	},
	{
		name: 'Kreis Siegen-Wittgenstein',
		ags: '05970',
		member: true,
		plateCodes: ['SI', 'BLB'],
		places: `Bad Berleburg|05970004|57319
Bad Laasphe|05970028|57334
*Burbach|05970008|57299
*Erndtebrück|05970012|57339
Freudenberg|05970016|57258
Hilchenbach|05970020|57271
Kreuztal|05970024|57223
Netphen|05970032|57250
*Neunkirchen|05970036|57290
Siegen|05970040|57072
*Wilnsdorf|05970044|57234`
	},
	{
		name: 'Rheinisch-Bergischer Kreis',
		ags: '05378',
		member: false,
		plateCodes: ['GL'],
		places: `Burscheid|05378008|51399
*Kürten|05378012|51515
Leichlingen|05378016|42799
*Odenthal|05378020|51519
Overath|05378024|51491
Rösrath|05378028|51503
Wermelskirchen|05378032|42929`
	},
	{
		name: 'Kreis Unna',
		ags: '05978',
		member: false,
		plateCodes: ['UN', 'LÜN'],
		places: `Schwerte|05978028|58239`
	}
];

const memberOf = (district: District, line: string): Member => {
	const [name = '', ags = '', postalCode = ''] = line.split('|');
	return {
		name: name.replace('*', ''),
		kind: name.startsWith('*') ? 'municipality' : 'town',
		district: district.name,
		ags,
		postalCode,
		plateCodes: district.plateCodes
	};
};

const districtItself = ({ name, ags, plateCodes }: District): Member => ({
	name,
	kind: 'district',
	district: name,
	ags,
	postalCode: null,
	plateCodes
});

/** In alphabetical order. */
export const MEMBERS: readonly Member[] = DISTRICTS.flatMap((district) => [
	...(district.member ? [districtItself(district)] : []),
	...district.places.split('\n').map((line) => memberOf(district, line))
]).toSorted((a, b) => a.name.localeCompare(b.name, 'de'));

/** The code that case numbers of this member begin with, e.g. `SO` for Lippstadt too. */
export const primaryPlateCode = (member: Member): string => member.plateCodes[0] ?? '';
export const memberByAgs = (ags: string): Member | null => MEMBERS.find((member) => member.ags === ags) ?? null;
