import assert from 'node:assert/strict';
import { diagnosisText, verdictOf } from '../../../src/host/servers/doctorWords';
import type { Diagnosis } from '../../../src/session/doctor/steps';

const FAILED: Diagnosis = {
  server: 'wss://server.example/',
  agent: 'A1',
  steps: [
    { name: 'name', outcome: 'passed', tookMs: 12.4, seen: ['server.example is 192.0.2.1'] },
    { name: 'tcp', outcome: 'passed', tookMs: 0.4, seen: ['192.0.2.1:443 takes connections'] },
    {
      name: 'tls',
      outcome: 'failed',
      tookMs: 12_345,
      seen: ['TLSv1.3, TLS_AES_256_GCM_SHA384'],
      words:
        'The authority of its certificate is not known here. Choose the CA file of its authority in the server’s settings.',
    },
    { name: 'login', outcome: 'not-reached', seen: [] },
  ],
};

describe('A diagnosis as text', () => {
  it('says what was seen at each step, what failed and what to do, in lines that can be read', () => {
    const lines = diagnosisText(FAILED, 0).split('\n');
    assert.deepEqual(lines.slice(3, -3), [
      'TLS failed: see below what was seen, and what to do.',
      '',
      '✓ Name            passed          12 ms',
      '                  server.example is 192.0.2.1',
      '✓ TCP             passed         < 1 ms',
      '                  192.0.2.1:443 takes connections',
      '✗ TLS             failed         12.3 s',
      '                  TLSv1.3, TLS_AES_256_GCM_SHA384',
      '                  → The authority of its certificate is not known here. Choose the CA file of',
      '                    its authority in the server’s settings.',
      '– Login           not reached',
    ]);
  });

  it('has a verdict for every way that it can end', () => {
    const [step] = FAILED.steps;
    assert(step !== undefined);
    const verdict = (...steps: Diagnosis['steps']) => verdictOf({ ...FAILED, steps });
    assert.match(verdictOf(FAILED), /^TLS failed\. The authority/);
    assert.equal(verdict(step), 'A1 gets in at wss://server.example/: every step passed.');
    assert.equal(
      verdict({ ...step, outcome: 'warning', words: 'Not checked.' }),
      'A1 gets in at wss://server.example/. Not checked.',
    );
    assert.equal(
      verdict(step, { name: 'tcp', outcome: 'cancelled', seen: [] }),
      'The diagnosis was given up.',
    );
  });
});
