/** Simulated sites, part 2 of 4: see docs/simulation.md. */
import { runShard } from './seeds';

runShard(2);
