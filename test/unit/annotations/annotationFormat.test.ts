import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_NOTE, type Annotation } from '../../../src/core/annotations/annotation';
import { parseAnnotations, printAnnotations } from '../../../src/core/annotations/annotationFormat';

const annotations: fc.Arbitrary<readonly Annotation[]> = fc.uniqueArray(
  fc.record(
    {
      seq: fc.nat(),
      place: fc.nat(20),
      bookmarked: fc.boolean(),
      note: fc.string({ unit: 'binary', maxLength: 40 }),
      changedAt: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    },
    { noNullPrototype: true },
  ),
  { selector: ({ seq, place }) => `${seq}.${place}` },
);

function refused(text: string): string {
  const read = parseAnnotations(text);
  return read.ok ? 'taken' : read.error.code;
}

const entry = { seq: 1, place: 0, bookmarked: true, changedAt: '2026-11-22T10:00:00.000Z' };
const file = (...messages: readonly unknown[]): string => JSON.stringify({ version: 1, messages });

describe('the file of bookmarks and notes', () => {
  it('gives back what was written, in the order of the recording', () => {
    fc.assert(
      fc.property(annotations, (list) => {
        const read = parseAnnotations(printAnnotations(list));
        assert(read.ok);
        const sorted = [...list].sort((a, b) => a.seq - b.seq || a.place - b.place);
        assert.deepEqual(read.value, sorted);
      }),
    );
  });

  it('takes the later of two about one message', () => {
    const later = { ...entry, bookmarked: false, note: 'x', changedAt: '2026-11-22T11:00:00.000Z' };
    const read = parseAnnotations(file(later, entry));
    assert(read.ok);
    assert.deepEqual(
      read.value.map(({ note }) => note),
      ['x'],
    );
  });

  it('refuses what it does not understand whole, and says why', () => {
    assert.deepEqual(
      [
        refused('{'),
        refused('[]'),
        refused('{"version":2,"messages":[]}'),
        refused('{"version":1}'),
        refused(file({ ...entry, seq: -1 })),
        refused(file({ ...entry, changedAt: 'yesterday' })),
        refused(file({ ...entry, note: 'x'.repeat(MAX_NOTE + 1) })),
        refused(file(null)),
      ],
      [
        'notes-not-json',
        'notes-no-version',
        'notes-version',
        'notes-bad-list',
        ...Array.from({ length: 4 }, () => 'notes-bad-entry'),
      ],
    );
  });
});
