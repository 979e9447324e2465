import { Recorder } from '../../src/session/recorder';
import { Trace } from '../../src/session/trace';
import { FakeClock, SILENT_LOGGER } from './fakeClock';
import { MemoryRecording } from './memoryRecording';

/** A traced scenario. */
export interface PlayedScenario {
  readonly trace: Trace;
  readonly recording: MemoryRecording;
}

/**
 * Plays a scenario in text: one line is a time in ms, and what happened then. Comments begin with `#`.
 *
 *     0    open [2]                          connection 2; 1 where no number stands
 *     1.5  > RequestAgentLogin {…}           sent, with its attributes
 *     3    2< EventAck {…}                   received on connection 2
 *     4    <raw not json                     a text frame as it is
 *     5    close server: restart
 *     6    gap The tap could not keep up
 *     9    end
 */
export async function playScenario(
  text: string,
  answerTimeLimitMs = 1000,
): Promise<PlayedScenario> {
  const clock = new FakeClock();
  const startedAt = clock.now();
  const recording = new MemoryRecording();
  const recorder = new Recorder(recording, { startedAt, writer: 'scenario' }, SILENT_LOGGER);
  const trace = new Trace(recording, { answerTimeLimitMs });
  for (const line of text.split('\n')) {
    const step = /^\s*([\d.]+)\s+(.*?)\s*$/.exec(line);
    if (step !== null) {
      await take(recorder, startedAt + Number(step[1]), step[2]!);
    } else if (line.trim() !== '' && !line.trim().startsWith('#')) {
      throw new Error(`Not a step: ${line}`);
    }
  }
  await trace.read();
  return { trace, recording };
}

async function take(recorder: Recorder, at: number, step: string): Promise<void> {
  const frame = /^(\d*)([<>])(raw )?\s*(.*)$/.exec(step);
  if (frame !== null) {
    const connection = frame[1] === '' ? 1 : Number(frame[1]);
    const direction = frame[2] === '>' ? 'send' : 'receive';
    const text = frame[3] === undefined ? messageText(frame[4]!) : frame[4]!;
    recorder.frame(at, connection, { kind: 'websocket', direction, body: { kind: 'text', text } });
    return;
  }
  const [word, rest] = [step.split(' ')[0], step.slice(step.indexOf(' ') + 1)];
  switch (word) {
    case 'open':
      recorder.open(at, {
        dialect: 'platform-sdk-json',
        server: 'ws://127.0.0.1:7001/',
        application: 'Agent application',
      });
      return;
    case 'close': {
      const [, number, by, reason] = /^(\d*)\s*(\w+):?\s*(.*)$/.exec(rest)!;
      recorder.close(at, number === '' ? 1 : Number(number), by as 'server', reason!);
      return;
    }
    case 'gap':
      recorder.gap(at, { reason: rest });
      return;
    case 'end':
      return recorder.end(at);
    default:
      throw new Error(`Unknown step: ${step}`);
  }
}

function messageText(text: string): string {
  const [name, attributes] = [text.split(' ')[0]!, text.slice(text.indexOf(' ') + 1)];
  const inner = attributes.trim().slice(1);
  const separator = inner.trim() === '}' ? '' : ',';
  return `{"messageName":${JSON.stringify(name)}${separator}${inner}`;
}
