/** Two runs of the Einlesedienst may find its bundle old at the same time, while a third one reads it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FOLDER = 'build-feed';
const BUNDLE = `${FOLDER}/feed.js`;

const build = async (): Promise<unknown> => {
	const child = spawn(process.execPath, ['scripts/build-feed.js'], { stdio: 'ignore' });
	return ((await once(child, 'exit')) as unknown[])[0];
};
const isWhole = (): boolean => /export \{[^}]*\bmain\b[^}]*\};?\s*$/.test(readFileSync(BUNDLE, 'utf8'));

it('two builds at once each succeed, and whoever looks meanwhile finds a whole bundle', async () => {
	if (!existsSync(BUNDLE)) expect(await build()).toBe(0);
	const seen: boolean[] = [];
	const look = setInterval(() => seen.push(existsSync(BUNDLE) && isWhole()), 5);
	const codes = await Promise.all([build(), build()]);
	clearInterval(look);
	expect(codes).toEqual([0, 0]);
	expect(seen.length).toBeGreaterThan(10);
	expect(seen.filter((whole) => !whole)).toEqual([]);
	expect(readdirSync(FOLDER).filter((name) => name.startsWith('.building-'))).toEqual([]);
}, 180_000);
