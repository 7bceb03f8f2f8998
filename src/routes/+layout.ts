/** The app lives on the device: one prerendered shell, no rendering on the server. */
export const ssr = false;
/** `/` is rendered ahead as the shell; a deep link on a first visit gets the same from the server. */
export const prerender = 'auto';
