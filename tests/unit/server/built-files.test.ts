/** The policy that all pages of a build share. */
import { describe, expect, it } from 'vitest';
import { joinPolicies } from '../../../scripts/built-files.js';

describe('the policy of a build', () => {
	it('allows what each page asks for, and no frame around any', () => {
		const joined = joinPolicies([
			"default-src 'self'; script-src 'self' 'sha256-one'; require-trusted-types-for 'script'",
			"default-src 'self'; script-src 'self' 'sha256-two'"
		]);
		expect(joined).toBe(
			"default-src 'self'; script-src 'self' 'sha256-one' 'sha256-two'; require-trusted-types-for 'script'; frame-ancestors 'none'"
		);
	});

	it('is not made up where the build has none', () => {
		expect(() => joinPolicies([])).toThrow();
	});
});
