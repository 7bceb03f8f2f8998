/** Simulated sites, part 1 of 4: see docs/simulation.md. */
import { runShard } from './seeds';

runShard(1);
