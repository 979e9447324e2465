/** The details that the harness's host gives for a message of its scenario. */
import type { MessageDetails } from '../../../src/bridge/traceView';
import type { MessageRow } from '../../../src/core/ladder/rows';
import type { AttributeNode } from '../../../src/core/protocol/describe';
import { describeFrame } from '../../../src/core/protocol/describeFrame';
import type { Frame } from '../../../src/core/protocol/frame';

/** Messages that came in one frame. */
interface FoldOf {
  readonly first: number;
  readonly count: number;
}

/** `fold` holds the message, if one does: its messages came in one frame. */
export function detailsOf(row: MessageRow, fold: FoldOf | undefined): MessageDetails {
  const { message, name } = row;
  const other = name === 'RequestPlaceInWorkbin' ? message + 1 : message - 1;
  const first = fold?.first ?? message;
  const listed = Array.from({ length: fold?.count ?? 1 }, (_, place) => ({
    message: first + place,
    name: fold === undefined ? name : (FOLDED[place] ?? ''),
  }));
  return {
    message: row.message,
    name: row.name,
    ...(row.name === 'EventWorkbinContent' ? { id: 134 } : {}),
    title: '',
    facts: [
      ['Sequence', String(row.seq)],
      ['Time', `${(row.time / 1000).toFixed(3)} s`],
      [
        'Direction',
        row.direction === 'send'
          ? 'Agent application → Interaction Server'
          : 'Interaction Server → Agent application',
      ],
      ['Connection', String(row.connection)],
      ['Recorded line', '1,204 bytes'],
    ],
    attributes: attributesOf(row),
    problems: row.problem === undefined ? [] : [row.problem],
    truncated: row.name === 'EventWorkbinContent',
    frame: describeFrame(frameOf(row, fold)),
    inFrame: { count: listed.length, first: 0, listed },
    ...(row.phase === undefined ? {} : { phase: row.phase }),
    ...(/^RequestPlace|^202/.test(name) ? { otherHalf: other } : {}),
  };
}

/** Names in the scenario's fold. */
const FOLDED = [
  '/meta/handshake',
  '/meta/connect',
  '/meta/connect',
  '/meta/subscribe',
  '/meta/connect',
];

function frameOf(row: MessageRow, fold: FoldOf | undefined): Frame {
  const body = { kind: 'text', text: 'x'.repeat(1204) } as const;
  if (fold !== undefined || row.name === '202 Accepted') {
    return {
      kind: 'http-response',
      direction: 'receive',
      exchange: 7,
      status: fold === undefined ? 202 : 200,
      statusText: fold === undefined ? 'Accepted' : 'OK',
      headers: [
        ['Date', 'Sun, 22 Nov 2026 09:14:05 GMT'],
        ['Content-Type', 'application/json;charset=utf-8'],
        [
          'Set-Cookie',
          'WORKSPACE_SESSIONID=secret-1; Path=/; Domain=gws.example; HttpOnly; Secure',
        ],
        ['Set-Cookie', 'ROUTEID=.node2'],
        ['X-Untrusted', '<img src=x onerror="document.title=2">'],
        ['Content-Encoding', 'gzip'],
      ],
      mapped: [
        [
          'Set-Cookie',
          'WORKSPACE_SESSIONID=secret-1; Path=/; HttpOnly',
          'WORKSPACE_SESSIONID=secret-1; Path=/; Domain=gws.example; HttpOnly; Secure',
        ],
      ],
      decoded: true,
      body,
    };
  }
  return row.name === 'RequestPlaceInWorkbin'
    ? {
        kind: 'http-request',
        direction: 'send',
        exchange: 7,
        method: 'POST',
        url: 'https://gws.example/workspace/v3/interactions/00012aEXAMPLE0001/place-in-queue',
        headers: [
          ['Host', 'gws.example'],
          ['Content-Type', 'application/json'],
        ],
        mapped: [['Host', '127.0.0.1:8123', 'gws.example']],
        body,
      }
    : { kind: 'websocket', direction: row.direction, body };
}

function attributesOf(row: MessageRow): readonly AttributeNode[] {
  const nodes: AttributeNode[] = [];
  if (row.reference !== undefined) {
    nodes.push({ name: 'referenceId', type: 'number', value: String(row.reference) });
  }
  if (row.error !== undefined) {
    nodes.push({
      name: 'errorCode',
      type: 'number',
      value: '33',
      meaning: 'Error_workbin_not_specified',
    });
    nodes.push({ name: 'errorDescription', type: 'string', value: 'Workbin type is not known' });
  }
  if (row.name === 'EventWorkbinContent') {
    nodes.push({ name: 'interactions', type: 'list', children: [1, 2, 3].map(interaction) });
  } else {
    nodes.push(workbin(row.workbin ?? 'Personal Drafts@Agent kmiller'));
    nodes.push({
      name: 'workbinContentOperation',
      type: 'number',
      value: '1',
      meaning: 'PlacedIn',
    });
  }
  return nodes;
}

function workbin(text: string): AttributeNode {
  const [type = '', owner = ''] = text.split('@');
  return {
    name: 'workbin',
    type: 'list',
    children: [
      { name: 'workbinTypeId', type: 'string', value: type },
      { name: 'workbinAgentId', type: 'string', value: owner },
      { name: 'workbinGroupId', type: 'null', value: 'null' },
    ],
  };
}

function interaction(number: number): AttributeNode {
  return {
    name: String(number - 1),
    type: 'list',
    children: [
      { name: 'interactionId', type: 'string', value: `00012aEXAMPLE000${number}` },
      { name: 'interactionMediatype', type: 'string', value: 'email' },
      { name: 'interactionIsOnline', type: 'boolean', value: 'false' },
      {
        name: 'interactionUserData',
        type: 'list',
        children: [
          {
            name: 'Subject',
            type: 'string',
            value: 'Invoice 4711 was charged twice <b>please</b> refund',
          },
          { name: 'FirstMessage', type: 'string', value: 'Dear support, '.repeat(120) },
          { name: 'Note', type: 'string', value: '' },
        ],
      },
    ],
  };
}
