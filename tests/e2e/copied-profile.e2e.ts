/** SY15: one prepared profile copied onto three devices, all of them used: each gets an identity of its own, and nothing is lost. */
import { Counter } from './counter';
import { CASE_NUMBER } from './pages/receipt-page';
import { expect, test } from './prepared-device';

/** For what one copy learns only from an exchange of another. */
const EXCHANGED = { timeout: 60_000 };

test('three copies of one profile, all used before they meet: every request is on every device, and no number is given again', async ({
	prepared,
	newCopy
}) => {
	test.setTimeout(240_000);
	const NAMES = ['Kiebitz', 'Lerche', 'Milan'] as const;
	const counters: Counter[] = [];
	const printed: string[] = [];
	for (const name of NAMES) {
		const counter = await Counter.unlock(await newCopy());
		printed.push(await counter.take({ Familienname: name }));
		counters.push(counter);
	}
	// Nobody can know of the others yet.
	expect(new Set(printed).size).toBe(1);

	await prepared.server.startFrom(prepared.serverData);
	for (const counter of counters) {
		await expect(async () => {
			await counter.exchange.now();
			await counter.expectAllSent(1_000);
		}).toPass(EXCHANGED);
	}
	for (const { exchange, list } of counters) {
		await exchange.now();
		await list.open();
		for (const words of [...prepared.numbers, ...NAMES]) await expect(list.row(words)).toHaveCount(1, EXCHANGED);
		for (const [i, name] of NAMES.entries()) await expect(list.row(name)).toContainText(printed[i]!);
		await expect(list.rows).toHaveCount(prepared.numbers.length + NAMES.length);
	}
	const next: string[] = [];
	for (const counter of counters) next.push(await counter.take({ Familienname: 'Neuntöter' }));
	const codes = next.map((number) => CASE_NUMBER.exec(number)?.[0].split('-')[1]);
	expect(new Set(codes).size).toBe(NAMES.length);
	expect(next.filter((number) => [...prepared.numbers, ...printed].includes(number))).toEqual([]);
});
