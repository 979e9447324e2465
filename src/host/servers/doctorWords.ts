/** A diagnosis as text: for the editor, where it can be read, searched and copied. */
import type { Diagnosis, DiagnosisStep, DiagnosisStepName } from '../../session/doctor/steps';

const TITLES: Readonly<Record<DiagnosisStepName, string>> = {
  address: 'Address',
  name: 'Name',
  tcp: 'TCP',
  tls: 'TLS',
  upgrade: 'WebSocket',
  http: 'HTTP',
  registration: 'Registration',
  'sign-in': 'Sign-In',
  login: 'Login',
  session: 'Session',
};

/** A sign and a word, so that no colour is needed to tell them apart. */
export const OUTCOMES: Readonly<Record<DiagnosisStep['outcome'], { sign: string; word: string }>> =
  {
    passed: { sign: '✓', word: 'passed' },
    warning: { sign: '!', word: 'passed, but' },
    failed: { sign: '✗', word: 'failed' },
    cancelled: { sign: '–', word: 'given up' },
    skipped: { sign: '–', word: 'not needed' },
    'not-reached': { sign: '–', word: 'not reached' },
  };

const WIDTH = 14;
/** Characters of a line, its indentation apart: readable in half a window. */
const WRAP_AT = 76;
const INDENT = ' '.repeat(4 + WIDTH);

export function stepTitle(name: DiagnosisStepName): string {
  return TITLES[name];
}

/** The step that decides, and what to do, in a sentence or two. */
export function verdictOf({ steps, server, agent }: Diagnosis): string {
  const failed = steps.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined) {
    return `${stepTitle(failed.name)} failed. ${failed.words ?? ''}`.trim();
  }
  if (steps.some(({ outcome }) => outcome === 'cancelled')) {
    return 'The diagnosis was given up.';
  }
  const warning = steps.find(({ outcome }) => outcome === 'warning');
  return warning === undefined
    ? `${agent} gets in at ${server}: every step passed.`
    : `${agent} gets in at ${server}. ${warning.words ?? ''}`.trim();
}

/** The verdict, without what stands at the step that failed. */
function headlineOf(diagnosis: Diagnosis): string {
  const failed = diagnosis.steps.find(({ outcome }) => outcome === 'failed');
  return failed === undefined
    ? verdictOf(diagnosis)
    : `${stepTitle(failed.name)} failed: see below what was seen, and what to do.`;
}

/** `at`: milliseconds since 1970 at which it ended. */
export function diagnosisText(diagnosis: Diagnosis, at: number): string {
  const { server, agent, steps } = diagnosis;
  return [
    `Diagnosis of ${server}`,
    `Agent ${agent}, ${new Date(at).toLocaleString()}`,
    '',
    headlineOf(diagnosis),
    '',
    ...steps.flatMap(stepLines),
    '',
    'Whoever was logged in is logged out again and nothing stays open. The diagnosis is not recorded.',
    '',
  ].join('\n');
}

function stepLines({ name, outcome, tookMs, seen, words }: DiagnosisStep): readonly string[] {
  const { sign, word } = OUTCOMES[outcome];
  const took = tookMs === undefined ? '' : duration(tookMs);
  const head = `${sign} ${stepTitle(name).padEnd(WIDTH)}  ${word.padEnd(12)}${took.padStart(9)}`;
  const bad = outcome === 'failed' || outcome === 'warning';
  return [
    head.trimEnd(),
    ...seen.flatMap((line) => wrapped(line, '  ')),
    ...(bad && words !== undefined ? wrapped(`→ ${words}`, '  ') : []),
  ];
}

/** A line below a step, broken between words where it is long; what follows is indented by `hanging` more. */
function wrapped(text: string, hanging: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WRAP_AT) {
      lines.push(line);
      line = hanging + word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((each) => INDENT + each);
}

function duration(ms: number): string {
  return ms < 1 ? '< 1 ms' : ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
