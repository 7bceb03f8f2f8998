/** Simulated sites, part 4 of 4: see docs/simulation.md. */
import { runShard } from './seeds';

runShard(4);
