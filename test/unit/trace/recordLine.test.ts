import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BodyJson } from '../../../src/core/protocol/bodyJson';
import type { FrameBody } from '../../../src/core/protocol/frame';
import {
  headerLine,
  parseHead,
  parseHeader,
  parseRecord,
  recordLine,
} from '../../../src/core/trace/recordLine';
import type { FrameRecord, HeaderRecord, TraceRecord } from '../../../src/core/trace/records';
import { anyRecord } from '../../support/arbitraryRecords';

const HEADER: HeaderRecord = {
  kind: 'header',
  format: 'wbtrace',
  version: 1,
  startedAt: '2026-11-22T13:03:05.120Z',
  writer: 'workbin-inspector 0.1.0',
  decoder: 1,
};

const frameWith = (body: FrameBody): FrameRecord => ({
  kind: 'frame',
  seq: 12,
  time: 1234.5674,
  connection: 1,
  hints: [],
  frame: { kind: 'websocket', direction: 'send', body },
  redacted: 0,
});
const text = (value: string): FrameRecord => frameWith({ kind: 'text', text: value });

/** Bytes as a list, so that equality does not depend on the class that holds them. */
function comparable(record: TraceRecord): unknown {
  return record.kind === 'frame' && record.frame.body.kind === 'bytes'
    ? { ...record, frame: { ...record.frame, body: [...record.frame.body.bytes] } }
    : record;
}

function errorOf(line: string): string {
  const parsed = parseRecord(line);
  return parsed.ok ? 'read' : parsed.error.message;
}

describe('recordLine', () => {
  it('writes the keys in the order of the format', () => {
    const hint = {
      errorCode: 41,
      interactionId: '00001aBC',
      workbin: 'email-draft@A1001',
      proxyClientId: 12,
      reference: 7,
      name: 'RequestGetWorkbinContent',
    };
    const headers = [['Content-Type', 'application/json']] as const;
    const json: FrameBody = { kind: 'text', text: '{"b":1.0,"a":2}' };
    const common = { kind: 'frame', seq: 3, time: 0.1, connection: 2 } as const;
    const lines = [
      headerLine(HEADER),
      recordLine({
        kind: 'open',
        seq: 1,
        time: 0,
        connection: 1,
        dialect: 'workspace-v3',
        server: 'http://localhost/',
        application: 'Desktop',
      }),
      recordLine({
        ...common,
        hints: [hint, { name: '' }],
        frame: { kind: 'websocket', direction: 'receive', body: json },
        redacted: 2,
      }),
      recordLine({
        ...common,
        hints: [],
        frame: {
          kind: 'http-request',
          direction: 'send',
          exchange: 9,
          method: 'POST',
          url: 'http://localhost/x',
          headers,
          body: { kind: 'none' },
        },
        redacted: 0,
      }),
      recordLine({
        ...common,
        hints: [],
        frame: {
          kind: 'http-response',
          direction: 'receive',
          exchange: 9,
          status: 200,
          statusText: 'OK',
          headers,
          error: 'cut off',
          decoded: true,
          body: json,
        },
        redacted: 0,
      }),
      recordLine({ kind: 'close', seq: 4, time: 5, connection: 1, by: 'server', reason: 'gone' }),
      recordLine({ kind: 'gap', seq: 5, time: 6, connection: 1, reason: 'paused', missed: 3 }),
      recordLine({ kind: 'end', seq: 6, time: 7, frames: 3, messages: 1 }),
    ];
    assert.deepEqual(lines, [
      '{"kind":"header","format":"wbtrace","version":1,"startedAt":"2026-11-22T13:03:05.120Z","writer":"workbin-inspector 0.1.0","decoder":1}',
      '{"kind":"open","seq":1,"t":0,"c":1,"dialect":"workspace-v3","server":"http://localhost/","application":"Desktop"}',
      '{"kind":"frame","seq":3,"t":0.1,"c":2,"d":"receive","m":[{"n":"RequestGetWorkbinContent","r":7,"p":12,"w":"email-draft@A1001","i":"00001aBC","e":41},{"n":""}],"v":"ws","redacted":2,"json":{"b":1.0,"a":2}}',
      '{"kind":"frame","seq":3,"t":0.1,"c":2,"d":"send","m":[],"v":"req","x":9,"method":"POST","url":"http://localhost/x","headers":[["Content-Type","application/json"]]}',
      '{"kind":"frame","seq":3,"t":0.1,"c":2,"d":"receive","m":[],"v":"res","x":9,"status":200,"statusText":"OK","headers":[["Content-Type","application/json"]],"error":"cut off","decoded":true,"json":{"b":1.0,"a":2}}',
      '{"kind":"close","seq":4,"t":5,"c":1,"by":"server","reason":"gone"}',
      '{"kind":"gap","seq":5,"t":6,"c":1,"reason":"paused","missed":3}',
      '{"kind":"end","seq":6,"t":7,"frames":3,"messages":1}',
    ]);
  });

  it('is read back as the record that was written, whatever it holds', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const line = recordLine(record);
        assert.ok(!line.includes('\n') && Buffer.from(line).toString() === line);
        const parsed = parseRecord(line);
        assert.ok(parsed.ok, parsed.ok ? '' : parsed.error.message);
        assert.deepEqual(comparable(parsed.value), comparable(record));
      }),
      { numRuns: 500 },
    );
  });

  it('embeds a body only when that keeps it letter for letter', () => {
    const bodyOf = (value: string): string => recordLine(text(value)).split('"v":"ws",')[1] ?? '';
    const bodies = [
      '{"n":1.0,"id":9007199254740993,"a":1,"a":2}',
      '"a string \u2028 with a separator"',
      '12e400',
      ' {"a":1}',
      '{"a":1}\r',
      '{"a":\n1}',
      '{"a":"\ud800"}',
      '\ufeff{}',
      '{"a":1',
      '',
    ];
    assert.deepEqual(bodies.map(bodyOf), [
      '"json":{"n":1.0,"id":9007199254740993,"a":1,"a":2}}',
      '"json":"a string \u2028 with a separator"}',
      '"json":12e400}',
      '"text":" {\\"a\\":1}"}',
      '"text":"{\\"a\\":1}\\r"}',
      '"text":"{\\"a\\":\\n1}"}',
      '"text":"{\\"a\\":\\"\\\\ud800\\"}"}'.replace('\\\\ud800', '\\ud800'),
      '"text":"\ufeff{}"}',
      '"text":"{\\"a\\":1"}',
      '"text":""}',
    ]);
  });

  it('is the same whether a body was parsed before or not, also when another one was', () => {
    fc.assert(
      fc.property(anyRecord, fc.boolean(), (record, isOther) => {
        const body = record.kind === 'frame' ? record.frame.body : undefined;
        const json = new BodyJson(body?.kind === 'text' && !isOther ? body.text : '{}');
        assert.equal(recordLine(record, json), recordLine(record));
      }),
    );
  });

  it('writes bytes as Base64', () => {
    const bytes = new Uint8Array([0, 255, 128, 10]);
    const line = recordLine(frameWith({ kind: 'bytes', bytes }));
    assert.equal(line.slice(line.indexOf('"v"')), '"v":"ws","base64":"AP+ACg=="}');
  });

  it('rounds time to microseconds', () => {
    assert.match(recordLine(text('1')), /"t":1234\.567,/);
  });
});

describe('parseRecord', () => {
  it('gives the body as it stands in a line of a foreign writer', () => {
    const line =
      '{ "m" : [{"n":"a]}\\"","json":0}], "json" : [ {"x":"\\"}]"} , 1.50 ] ,"d":"receive","v":"ws",' +
      '"unknown":{"json":1},"c":1,"t":1e2,"seq":1,"kind":"frame"}';
    assert.deepEqual(parseRecord(line), {
      ok: true,
      value: {
        kind: 'frame',
        seq: 1,
        time: 100,
        connection: 1,
        hints: [{ name: 'a]}"' }],
        frame: {
          kind: 'websocket',
          direction: 'receive',
          body: { kind: 'text', text: '[ {"x":"\\"}]"} , 1.50 ]' },
        },
        redacted: 0,
      },
    });
  });

  it('says which field is wrong, and how', () => {
    const frame = '"kind":"frame","seq":1,"t":0,"c":1,"d":"send","m":[]';
    const lines = [
      '[]',
      'null',
      '{"kind":"frame"',
      '{"kind":"other"}',
      '{"kind":"end","seq":0,"t":0,"frames":0,"messages":0}',
      '{"kind":"end","seq":1,"t":"0","frames":0,"messages":0}',
      '{"kind":"end","seq":1,"t":0,"frames":1.5,"messages":0}',
      '{"__proto__":{"seq":1},"kind":"end","t":0,"frames":1,"messages":0}',
      '{"kind":"close","seq":1,"t":0,"c":1,"by":"nobody","reason":""}',
      '{"kind":"open","seq":1,"t":0,"c":-1}',
      '{"kind":"frame","seq":1,"t":0,"c":1,"d":"up"}',
      '{"kind":"frame","seq":1,"t":0,"c":1,"d":"send","m":{}}',
      '{"kind":"frame","seq":1,"t":0,"c":1,"d":"send","m":[7]}',
      '{"kind":"frame","seq":1,"t":0,"c":1,"d":"send","m":[{"n":"a","r":true}]}',
      `{${frame}}`,
      `{${frame},"v":"ws","json":1,"text":"1"}`,
      `{${frame},"v":"ws","base64":"A"}`,
      `{${frame},"v":"res"}`,
      `{${frame},"v":"req","x":1,"headers":[["a"]],"method":"GET","url":""}`,
    ];
    assert.deepEqual(
      lines.map(errorOf).map((error) => error.replace(/ \(.*\)$/, '')),
      [
        'the line is no JSON object',
        'the line is no JSON object',
        'not JSON',
        '"kind" of the line is "other", not "frame" or "open" or "close" or "gap" or "end"',
        '"seq" of the line is 0, not a whole number from 1 on',
        '"t" of the line is "0", not a number',
        '"frames" of the line is 1.5, not a whole number from 0 on',
        '"seq" of the line is nothing, not a whole number from 1 on',
        '"by" of the line is "nobody", not "application" or "server" or "network" or "inspector"',
        '"c" of the line is -1, not a whole number from 1 on',
        '"d" of the line is "up", not "send" or "receive"',
        '"m" of the line is {}, not a list',
        'the hint in "m" is no JSON object',
        '"r" of the hint in "m" is true, not a number or a string',
        '"v" of the line is nothing, not "ws" or "req" or "res"',
        'more than one body: json, text',
        '"base64" is not Base64',
        '"x" of the line is nothing, not a whole number from 1 on',
        '"headers" is no list of pairs of a name and a value',
      ],
    );
  });

  it('never throws, whatever the line is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        assert.equal(typeof parseRecord(line).ok, 'boolean');
        assert.equal(typeof parseHeader(line).ok, 'boolean');
      }),
    );
  });

  it('reads a body that nests a hundred thousand deep', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const parsed = parseRecord(recordLine(text(deep)));
    assert.ok(parsed.ok && parsed.value.kind === 'frame');
    assert.deepEqual(parsed.value.frame.body, { kind: 'text', text: deep });
  });
});

describe('parseHead', () => {
  it('gives the record without its body, and no hints where there are none', () => {
    const heads = [
      '{"kind":"frame","d":"send","c":2,"t":3,"seq":4,"json":{}}',
      recordLine(text('{}')),
    ];
    assert.deepEqual(heads.map(parseHead), [
      {
        ok: true,
        value: {
          kind: 'frame',
          seq: 4,
          time: 3,
          connection: 2,
          direction: 'send',
          hints: [],
          withoutHints: true,
        },
      },
      {
        ok: true,
        value: {
          kind: 'frame',
          seq: 12,
          time: 1234.567,
          connection: 1,
          direction: 'send',
          hints: [],
        },
      },
    ]);
  });
});

describe('parseHeader', () => {
  it('reads the header, whatever else stands in it', () => {
    const line = headerLine(HEADER).replace('{', '{"note":"unknown",');
    assert.deepEqual(parseHeader(line), { ok: true, value: HEADER });
  });

  it('tells what to do about a newer recording, also when its header is another', () => {
    assert.deepEqual(parseHeader('{"kind":"header","format":"wbtrace","version":2}'), {
      ok: false,
      error: {
        code: 'newer-recording',
        message:
          'was written by a newer version of Workbin Inspector (format 2; this one reads up to 1). ' +
          'Update the extension to open it',
      },
    });
  });

  it('refuses what is no recording', () => {
    const lines = ['', '{}', '{"kind":"header","format":"har","version":1}', '<?xml?>'];
    const codes = lines.map((line) => {
      const parsed = parseHeader(line);
      return parsed.ok ? 'read' : parsed.error.code;
    });
    assert.deepEqual(
      codes,
      lines.map(() => 'not-a-recording'),
    );
  });

  it('refuses a start that is no date', () => {
    const parsed = parseHeader(headerLine({ ...HEADER, startedAt: 'yesterday' }));
    assert.deepEqual(parsed, {
      ok: false,
      error: {
        code: 'not-a-recording',
        message:
          'has a header that cannot be read: "startedAt" of the line is "yesterday", not a date and time',
      },
    });
  });
});
