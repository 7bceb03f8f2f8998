/** The transport contract on the endpoints in this process. */
import { hashEnrolmentCode, makeEnrolmentCode } from '$lib/server/enrolment-code.js';
import { startTestServer } from '../support/test-server';
import { transportContract } from './transport.contract';

transportContract('HTTP onto endpoints in process', async () => {
	const server = await startTestServer();
	return {
		...server,
		now: () => server.clock.now,
		async newCode() {
			const code = makeEnrolmentCode();
			await server.store().offerCode(hashEnrolmentCode(code), 'made', server.clock.now);
			return code;
		}
	};
});
