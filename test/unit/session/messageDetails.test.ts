import assert from 'node:assert/strict';
import { messageDetails, type DescribedMessage } from '../../../src/session/messageDetails';
import { playScenario } from '../../support/scenario';

const SCENARIO = `
  0      open
  1.5    > RequestAgentLogin {"referenceId": 1, "agentId": "A1001", "password": "secret"}
  3      < EventError {"referenceId": 1, "errorCode": 34, "more": {"a": [1.0, null]}}
  4      <raw not json
`;

async function describeMessage(row: number): Promise<DescribedMessage> {
  const { trace } = await playScenario(SCENARIO);
  return messageDetails(trace, row);
}

function factsOf({ facts }: DescribedMessage): object {
  return Object.fromEntries(facts);
}

describe('the details of a message', () => {
  it('tell where it stands, and what it is', async () => {
    const details = await describeMessage(1);
    const { 'Recorded line': line, ...facts } = factsOf(details) as Record<string, string>;
    const { name, id, title, problems, truncated } = details;
    assert.match(line ?? '', /^\d+ bytes$/);
    assert.deepEqual(
      { name, id, title, problems, truncated, facts },
      {
        name: 'EventError',
        id: 126,
        title: 'Agent Logs In',
        problems: [],
        truncated: false,
        facts: {
          Sequence: '3',
          Time: '0.003000 s (2026-01-15T09:00:00.003Z)',
          Direction: 'Server to application',
          Connection: '1: ws://127.0.0.1:7001/',
          'Part in phase': 'answer',
        },
      },
    );
  });

  it('hold the attributes as a tree, numbers as they were written, enums and errors with their meaning', async () => {
    const { attributes } = await describeMessage(1);
    assert.deepEqual(attributes, [
      { name: 'referenceId', value: '1', type: 'number' },
      { name: 'errorCode', value: '34', meaning: 'Error_client_not_logged_in', type: 'number' },
      {
        name: 'more',
        type: 'list',
        children: [
          {
            name: 'a',
            type: 'list',
            children: [
              { name: '[0]', value: '1.0', type: 'number' },
              { name: '[1]', value: 'null', type: 'null' },
            ],
          },
        ],
      },
    ]);
  });

  it('say how many secrets were replaced', async () => {
    const details = await describeMessage(0);
    const facts = factsOf(details) as Record<string, string>;
    assert.equal(facts['Secrets replaced'], '1, before they reached the disk');
    assert(!JSON.stringify(details).includes('"secret"'));
  });

  it('say what is wrong with a frame that holds no message', async () => {
    const details = await describeMessage(2);
    assert.deepEqual([details.name, details.attributes], ['', []]);
    assert.equal(details.problems.length, 1);
  });
});
