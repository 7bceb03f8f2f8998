/** Rules for the tests themselves: none is switched off, none is left alone in the light. */
import { expect, it } from 'vitest';
import { sourceFiles } from './source-files';

const tests = sourceFiles('tests').filter(({ path }) => /\.(test|contract|e2e)\.ts$/.test(path));
const pathsWith = (pattern: RegExp): readonly string[] =>
	tests.filter(({ code }) => pattern.test(code)).map(({ path }) => path);

it('reads tests at all', () => expect(tests.length).toBeGreaterThan(30));

it('none is skipped, left to do, or run alone', () => {
	expect(pathsWith(/\b(it|test|describe)\.(skip|only|todo|fixme|fails)\b|\b(xit|xdescribe|fit|fdescribe)\(/)).toEqual(
		[]
	);
});

it('none waits by the clock', () => expect(pathsWith(/waitForTimeout\(/)).toEqual([]));
