/** `node scripts/prepare.js`: packages and a Chromium, for what comes after. */
import { findChromium, installIfStale } from './install.js';

process.exitCode = installIfStale() && findChromium() ? 0 : 1;
