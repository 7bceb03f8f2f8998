/** Keeps the whole app on the device: one shell for every address, all chunks, fonts and workers; never an answer of the API. */
/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, files, prerendered, version } from '$service-worker';
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

/** Answered by the server alone; offline they fail as they should. */
const SERVER_ONLY = [/^\/api\//, /^\/healthz$/, /^\/readyz$/, /^\/hub(\.json)?$/];

/**
 * Chunks carry their hash in the name; the others get the version of the build.
 * An install whose precache is incomplete fails as a whole, and the old version goes on working.
 */
precacheAndRoute(
	[
		...build.map((url) => ({ url, revision: null })),
		...[...files, ...prerendered].map((url) => ({ url, revision: version }))
	],
	{ cleanURLs: false, directoryIndex: '' }
);

registerRoute(new NavigationRoute(createHandlerBoundToURL('/'), { denylist: SERVER_ONLY }));

/** A new version waits until a person takes it, since taking it reloads every window. */
self.addEventListener('message', (event) => {
	if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});

/** The first visit is enough: the page that registered this worker is served by it at once. */
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
