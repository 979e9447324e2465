import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { openRecordingReader } from '../../src/recording/recordingReader';
import { Trace } from '../../src/session/trace';
import { ladderText } from '../support/ladderText';
import { temporaryFolder } from '../support/recordings';
import { playScenario } from '../support/scenario';

const WORKBIN = '"workbin":{"workbinTypeId":"email-draft","workbinAgentId":"A1"}';
const SCENARIO = `
0   open
1   > RequestGetWorkbinContent {"referenceId":1,${WORKBIN}}
2   < EventError {"referenceId":1,"errorCode":41}
3   > RequestWorkbinNotifications {"referenceId":2,${WORKBIN}}
4   < EventAck {"referenceId":2}
5   < EventWorkbinContentChanged {"workbinContentOperation":"PlacedIn",${WORKBIN}}
6   <raw no message at all
`;

/** The ladder of a recording whose lines were changed by `change`. */
async function ladderAfter(change: (line: string, index: number) => string): Promise<string> {
  const folder = temporaryFolder();
  try {
    const { recording } = await playScenario(SCENARIO);
    const file = path.join(folder.path, 'changed.wbtrace');
    fs.writeFileSync(file, recording.lines.map((line, at) => `${change(line, at)}\n`).join(''));
    const trace = new Trace(openRecordingReader(file), { answerTimeLimitMs: 10_000 });
    await trace.read();
    const { lifelines, rows, problems } = trace.status;
    const drawn = ladderText(lifelines, await trace.rows(0, rows));
    trace.dispose();
    return drawn + problems.join();
  } finally {
    folder.remove();
  }
}

describe('hints of a recording', () => {
  const wrong = (line: string) => line.replace(/"n":"[^"]*"/g, '"n":"Wrong"');

  const removed = (line: string) => line.replace(/"m":\[[^\]]*\],/, '');

  it('are made again from the bodies when an older decoder made them', async () => {
    const older = (line: string) => line.replace(/"decoder":\d+/, '"decoder":0');
    const again = await ladderAfter((line, index) => (index === 0 ? older(line) : wrong(line)));
    assert.equal(again, await ladderAfter((line) => line));
  });

  it('are made again where a line has none', async () => {
    assert.equal(await ladderAfter(removed), await ladderAfter((line) => line));
  });

  it('are believed otherwise', async () => {
    assert.match(await ladderAfter(wrong), /Wrong/);
  });
});
