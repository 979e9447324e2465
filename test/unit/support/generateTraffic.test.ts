import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDecoder } from '../../../src/core/protocol/decoders';
import type { FrameDecoder } from '../../../src/core/protocol/decoder';
import type { MessageHint } from '../../../src/core/protocol/message';
import { recordLine } from '../../../src/core/trace/recordLine';
import { openRecordingReader } from '../../../src/recording/recordingReader';
import { Trace } from '../../../src/session/trace';
import { generateTraffic, writeTraffic } from '../../support/generateTraffic';
import { temporaryFolder } from '../../support/recordings';
import { differences } from '../../support/traffic/checkTrace';
import { factNumber, FACTS, type TrafficTruth } from '../../support/traffic/truth';

describe('generated traffic', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  async function traced(
    frames: number,
    seed: number,
    unhinted: number,
  ): Promise<{
    readonly trace: Trace;
    readonly truth: TrafficTruth;
    readonly facts: Int32Array;
  }> {
    const path = join(folder.path, `${frames}-${seed}.wbtrace`);
    const facts: number[] = [];
    const truth = writeTraffic(path, frames, seed, { unhinted }, (row, other, fact) =>
      facts.push(row, other, factNumber(fact)),
    );
    const trace = new Trace(openRecordingReader(path), { answerTimeLimitMs: 10_000 });
    await trace.read();
    return { trace, truth, facts: Int32Array.from(facts) };
  }

  it('is what the tracer finds in it, message by message', async () => {
    for (const [frames, seed] of [
      [400, 1],
      [5000, 2],
      [60_000, 3],
    ] as const) {
      const { trace, truth, facts } = await traced(frames, seed, 0.01);
      assert.deepEqual(differences(trace, facts), []);
      assert.deepEqual(
        [trace.messages.count, trace.status.frames, trace.status.problems, trace.status.ended],
        [truth.messages, truth.frames, [], true],
      );
      trace.dispose();
    }
  });

  it('differs from a truth of which one fact is altered', async () => {
    const { trace, facts } = await traced(2000, 4, 0);
    for (let fact = 0; fact < FACTS.length; fact++) {
      const at = facts.findIndex((number, index) => index % 3 === 2 && number === fact);
      if (at >= 0) {
        const altered = facts.slice();
        altered[at] = (fact + 1) % FACTS.length;
        assert.notDeepEqual(differences(trace, altered), []);
      }
    }
    trace.dispose();
  });

  it('has the hints that the decoders give', () => {
    const decoders = new Map<number, FrameDecoder>();
    for (const record of generateTraffic(6000, 5).records) {
      if (record.kind === 'open') {
        decoders.set(record.connection, createDecoder(record.dialect));
      } else if (record.kind === 'frame') {
        const { frame, hints, seq } = record;
        const decoded = decoders.get(record.connection)!.decode(frame);
        const sorted = (all: readonly MessageHint[]): unknown => JSON.parse(JSON.stringify(all));
        assert.deepEqual([seq, decoded.problems, sorted(decoded.hints)], [seq, [], sorted(hints)]);
      }
    }
  });

  it('is written as our writer writes it', () => {
    const path = join(folder.path, 'lines.wbtrace');
    writeTraffic(path, 2000, 6);
    const [, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
    assert.deepEqual(
      lines,
      [...generateTraffic(2000, 6).records].map((record) => recordLine(record)),
    );
  });

  it('is the same for the same seed, and another for another', () => {
    const text = (seed: number): string => {
      const path = join(folder.path, `seed.wbtrace`);
      writeTraffic(path, 500, seed, { unhinted: 0.01 });
      return readFileSync(path, 'utf8');
    };
    const first = text(7);
    assert.equal(text(7), first);
    assert.notEqual(text(8), first);
  });

  it('holds everything that makes tracing hard', () => {
    const told = new Set<string>();
    const { records, truth } = generateTraffic(
      120_000,
      1,
      { unhinted: 0.01 },
      (_row, _other, fact) => told.add(fact),
    );
    let batches = 0;
    for (const record of records) {
      batches += record.kind === 'frame' && record.hints.length > 1 ? 1 : 0;
    }
    // A late refusal is too rare to count on.
    told.delete('failed late');
    assert.deepEqual([...told].sort(), FACTS.filter((fact) => fact !== 'failed late').sort());
    const { names, ...counts } = truth;
    const rare = Object.entries(counts).filter(([, count]) => count === 0);
    assert.deepEqual([rare, batches > 50, names.size > 15], [[], true, true]);
    const share = (name: string): number =>
      Math.round((100 * (names.get(name) ?? 0)) / truth.messages);
    assert.deepEqual(
      [
        share('EventWorkbinContentChanged'),
        Math.round((100 * truth.requests) / truth.messages),
        share('EventAck'),
        share('EventWorkbinContent'),
      ],
      [61, 20, 11, 5],
    );
  });
});
