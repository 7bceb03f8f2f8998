/** Bytes an Aufnahmedatei holds at most: what is larger is none, and need not be read to know. */
export { MAX_JOIN_FILE_BYTES } from '$lib/sync/join-file';
