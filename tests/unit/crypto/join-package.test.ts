/** The join package: opened by the code alone, and only as what it is. */
import { describe, expect, it } from 'vitest';
import { seal } from '$lib/crypto/aead';
import { labelled, utf8 } from '$lib/crypto/bytes';
import { joinIds, newJoinCode, openJoinPackage, sealJoinPackage, type JoinPackage } from '$lib/crypto/join-package';
import { hexOf, type SpaceId } from '$lib/domain/ids';
import { err, ok } from '$lib/domain/result';
import { testSpace } from '../../support/test-space';

const packageOf = async (): Promise<JoinPackage> => {
	const { spaceId, spaceSecret, record } = await testSpace();
	return { spaceId, spaceSecret, records: [record], origin: 'https://server.example', placeCode: 'SO' };
};

describe('a join package', () => {
	it('opens by the code, and says which space, its secret and its keyring', async () => {
		const code = newJoinCode();
		const content = await packageOf();
		const sealed = await sealJoinPackage(await joinIds(code), content);
		expect(await openJoinPackage(await joinIds(code), sealed)).toEqual(ok(content));
	});

	it('has a name that comes from the code and says nothing of the key', async () => {
		const code = new Uint8Array(16).fill(5);
		const { packageId, key } = await joinIds(code);
		expect(packageId).toBe('56eaa859d69a3071df3e228d1de59ba9');
		expect(packageId).not.toContain(hexOf(code).slice(0, 8));
		expect(key.extractable).toBe(false);
		expect((await joinIds(newJoinCode())).packageId).not.toBe(packageId);
	});

	it('does not open by another code, under another name, or when touched', async () => {
		const content = await packageOf();
		const ids = await joinIds(new Uint8Array(16).fill(1));
		const others = await joinIds(new Uint8Array(16).fill(2));
		const sealed = await sealJoinPackage(ids, content);
		expect(await openJoinPackage(others, sealed)).toEqual(err({ type: 'cannot-open' }));
		expect(await openJoinPackage({ ...ids, packageId: others.packageId }, sealed)).toEqual(
			err({ type: 'cannot-open' })
		);
		expect(await openJoinPackage(ids, sealed.subarray(1))).toEqual(err({ type: 'cannot-open' }));
	});

	it('without the founding record of the space it names is none', async () => {
		const content = await packageOf();
		const ids = await joinIds(newJoinCode());
		for (const wrong of [
			{ ...content, records: [] },
			{ ...content, spaceId: '0'.repeat(32) as SpaceId }
		])
			expect(await openJoinPackage(ids, await sealJoinPackage(ids, wrong))).toEqual(err({ type: 'malformed-package' }));
	});

	it('with garbage inside is refused', async () => {
		const ids = await joinIds(newJoinCode());
		for (const garbage of [utf8(''), utf8('{}'), Uint8Array.of(0xa0), new Uint8Array(70_000).fill(0x81)]) {
			const sealed = await seal(ids.key, garbage, labelled('join-package', ids.packageId));
			expect(await openJoinPackage(ids, sealed)).toEqual(err({ type: 'malformed-package' }));
		}
	});
});
