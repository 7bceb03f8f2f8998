/** One port for both: TLS goes to the app, and who comes without it is told how to come (browsers try http:// first for bare addresses). */
import net from 'node:net';

const TLS_HANDSHAKE = 0x16;
const FIRST_BYTE_MS = 20_000;
/** A browser holds up to six, 200 devices 1,200; nobody may take the last file handle of the process that has the database. */
export const MOST_LINES = 4_000;

/**
 * Speaks like an http.Server where it is started and ended.
 * @param {import('node:https').Server} secure
 * @param {import('node:http').Server} plain
 */
export function createFront(secure, plain) {
	const inner = [secure, plain];
	/** Lines that have said nothing yet. @type {Set<net.Socket>} */
	const silent = new Set();
	const front = net.createServer((socket) => {
		silent.add(socket);
		socket.setTimeout(FIRST_BYTE_MS, () => socket.destroy());
		// Whoever goes away before a word is nobody's fault.
		const ignore = () => socket.destroy();
		socket.once('error', ignore);
		socket.once('close', () => silent.delete(socket));
		socket.once('data', (chunk) => {
			silent.delete(socket);
			socket.pause();
			socket.setTimeout(0);
			socket.off('error', ignore);
			socket.unshift(chunk);
			(chunk[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
			process.nextTick(() => socket.resume());
		});
	});
	front.maxConnections = MOST_LINES;
	// They listen nowhere themselves; this is what starts the watch over their slow senders.
	front.once('listening', () => inner.forEach((server) => server.emit('listening')));
	const endSilent = () => silent.forEach((socket) => socket.destroy());
	return Object.assign(front, {
		closeIdleConnections() {
			endSilent();
			inner.forEach((server) => server.closeIdleConnections());
		},
		closeAllConnections() {
			endSilent();
			inner.forEach((server) => server.closeAllConnections());
		}
	});
}
