import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AnnotationBook } from '../../../src/session/annotationBook';
import {
  annotationPath,
  copyAnnotations,
  openAnnotationFile,
  removeAnnotations,
} from '../../../src/recording/annotationFile';
import { waitFor } from '../../environment/waiting';

describe('bookmarks and notes of a recording', () => {
  let folder: string;
  let recording: string;
  let storage: string;
  let now: number;
  let books: AnnotationBook[];
  let problems: unknown[];

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wi-notes-'));
    recording = path.join(folder, 'a.wbtrace');
    storage = path.join(folder, 'storage');
    now = Date.parse('2026-11-22T10:00:00Z');
    books = [];
    problems = [];
  });

  afterEach(() => {
    books.forEach((book) => book.dispose());
    fs.rmSync(folder, { recursive: true, force: true });
  });

  function open(path = recording): AnnotationBook {
    const clock = { now: () => now++ };
    const file = openAnnotationFile(path, storage);
    const book = new AnnotationBook(file, clock, (error) => problems.push(error));
    books.push(book);
    return book;
  }

  const said = (book: AnnotationBook) =>
    book.shown.map(({ seq, place, bookmarked, note }) => ({ seq, place, bookmarked, note }));
  const at = (seq: number, place = 0) => ({ seq, place });

  it('are there again when the recording is opened anew, and nothing else was left in the folder', async () => {
    const book = open();
    await book.change(at(4), { bookmarked: true });
    await book.change(at(4), { note: 'the culprit' });
    await book.change(at(2, 1), { bookmarked: true });
    const again = open();
    await again.settled();
    assert.deepEqual(said(again), [
      { seq: 2, place: 1, bookmarked: true, note: '' },
      { seq: 4, place: 0, bookmarked: true, note: 'the culprit' },
    ]);
    assert.deepEqual(fs.readdirSync(folder), ['a.wbtrace.notes.json']);
  });

  it('of two windows are merged, the later change about a message winning', async () => {
    const one = open();
    const other = open();
    await Promise.all([
      one.change(at(1), { bookmarked: true }),
      other.change(at(2), { note: 'seen there' }),
      one.change(at(3), { bookmarked: true }),
    ]);
    await other.change(at(1), { bookmarked: false });
    await waitFor('both to say the same', () => {
      const expected = JSON.stringify([
        { seq: 2, place: 0, bookmarked: false, note: 'seen there' },
        { seq: 3, place: 0, bookmarked: true, note: '' },
      ]);
      return [one, other].every((book) => JSON.stringify(said(book)) === expected);
    });
    const kept = open();
    await kept.settled();
    assert.deepEqual(said(kept), said(one));
  });

  it('can be taken back, change by change', async () => {
    const book = open();
    await book.change(at(1), { bookmarked: true });
    await book.change(at(1), { note: 'x' });
    assert.deepEqual((await book.undo())?.seq, 1);
    assert.deepEqual(said(book), [{ seq: 1, place: 0, bookmarked: true, note: '' }]);
    await book.undo();
    assert.deepEqual(said(book), []);
    assert.equal(await book.undo(), undefined);
  });

  it('of a version that is not known are told of, and never written over', async () => {
    const text = '{"version":2,"people":[]}';
    fs.writeFileSync(annotationPath(recording), text);
    const book = open();
    await assert.rejects(book.change(at(1), { bookmarked: true }), /version 2.*Update/);
    assert.match(String(problems[0]), /left as they are/);
    assert.deepEqual(said(book), []);
    assert.equal(fs.readFileSync(annotationPath(recording), 'utf8'), text);
  });

  it('are taken back, with words, where they cannot be kept', async () => {
    fs.mkdirSync(annotationPath(recording));
    const book = open();
    await assert.rejects(book.change(at(1), { bookmarked: true }));
    assert.deepEqual(said(book), []);
  });

  it('go with a copy of the recording, and with the recording', async () => {
    const book = open();
    await book.change(at(7), { note: 'goes along' });
    const copy = path.join(folder, 'b.wbtrace');
    await copyAnnotations(recording, copy, storage);
    const there = open(copy);
    await there.settled();
    assert.deepEqual(said(there), said(book));
    await removeAnnotations(copy, storage);
    assert.equal(fs.existsSync(annotationPath(copy)), false);
  });

  it('of a read-only folder are kept in storage', async function () {
    if (process.platform !== 'linux') {
      this.skip();
    }
    // Read-only to everybody, root as well.
    const file = openAnnotationFile('/sys/a.wbtrace', storage);
    const kept = { seq: 1, place: 0, bookmarked: true, note: '', changedAt: now };
    await file.write([kept]);
    assert.deepEqual(await file.read(), [kept]);
    assert.equal(fs.readdirSync(storage).length, 1);
    file.dispose();
  });
});
