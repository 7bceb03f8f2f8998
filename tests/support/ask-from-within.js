/** Asks one address from within a namespace and prints what came, as JSON. Argument: `{ url, ca?, host?, headers?, method? }`. */
import http from 'node:http';
import https from 'node:https';

const { url, ca, host, headers, method = 'GET' } = JSON.parse(process.argv[2] ?? '{}');
const { request: ask } = url.startsWith('https:') ? https : http;
const request = ask(url, { ca, method, agent: false, headers: { ...headers, ...(host && { host }) } });
request.on('error', (error) => console.log(JSON.stringify({ fault: error.code ?? error.message })));
request.on('response', async (response) => {
	const body = Buffer.concat(await response.toArray()).toString();
	console.log(JSON.stringify({ status: response.statusCode, headers: response.headers, body }));
});
request.end();
