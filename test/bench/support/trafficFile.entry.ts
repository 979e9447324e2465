/** `FRAMES FILE`: writes the mixed traffic of the benches, and beside it `FILE.facts`; prints what is in it. */
import { writeTrafficAndFacts } from '../../support/generateTraffic';

const [frames, file] = process.argv.slice(2);
if (file === undefined) {
  throw new Error('Say how many frames, and which file.');
}
const truth = writeTrafficAndFacts(file, `${file}.facts`, Number(frames), 1, { unhinted: 0.01 });
const { names, ...counts } = truth;
process.stdout.write(`${JSON.stringify({ ...counts, names: Object.fromEntries(names) })}\n`);
