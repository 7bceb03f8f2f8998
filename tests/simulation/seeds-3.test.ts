/** Simulated sites, part 3 of 4: see docs/simulation.md. */
import { runShard } from './seeds';

runShard(3);
