/** Serves the harness until it is interrupted: to look at the view in any browser. */
import { startHarness } from './harness';

void startHarness().then((harness) => {
  process.stdout.write(`${harness.url()}\n`);
});
