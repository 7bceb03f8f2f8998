/** `node scripts/prepare.js`: packages, a Chromium and the tools of tests, for what comes after. */
import { findChromium, findLanTools, installIfStale } from './install.js';

process.exitCode = installIfStale() && findChromium() ? 0 : 1;
for (const tool of findLanTools()) console.error(`${tool} is missing: tests of the LAN mode fail without it.`);
