/** The app lives on the device: one prerendered shell, no rendering on the server. */
export const ssr = false;
export const prerender = true;
