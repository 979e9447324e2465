import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createStore, type RetentionLimits } from '../../../src/recording/recordingStore';
import { temporaryFolder } from '../../support/recordings';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const NO_LIMITS: RetentionLimits = { maxBytes: 0, maxAgeDays: 0, maxCount: 0 };

describe('recordingStore', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  /** A recording of `size` bytes, last written `age` milliseconds before {@link NOW}. */
  function recording(name: string, age: number, size = 10): string {
    const path = join(folder.path, name);
    writeFileSync(path, 'x'.repeat(size));
    utimesSync(path, (NOW - age) / 1000, (NOW - age) / 1000);
    return path;
  }

  it('names recordings by time and server, so that any system takes the name', async () => {
    const store = createStore(join(folder.path, 'made', 'when needed'), NO_LIMITS);
    const startedAt = new Date(2026, 10, 22, 14, 3, 5);
    const labels = [
      'localhost',
      'wss://host:7300/a?b*c|d"<e>',
      '  ..\\..\\etc ',
      'Büro\u202egnp.\u0000exe',
      '',
      '😀'.repeat(100),
      'x'.repeat(500),
    ];
    const names = [];
    for (const label of labels) {
      names.push(basename(await store.newRecordingPath(startedAt, label)));
    }
    assert.deepEqual(names, [
      '2026-11-22 14-03-05 localhost.wbtrace',
      '2026-11-22 14-03-05 wss-host-7300-a-b-c-d-e.wbtrace',
      '2026-11-22 14-03-05 etc.wbtrace',
      '2026-11-22 14-03-05 Büro-gnp.-exe.wbtrace',
      '2026-11-22 14-03-05.wbtrace',
      '2026-11-22 14-03-05.wbtrace',
      `2026-11-22 14-03-05 ${'x'.repeat(60)}.wbtrace`,
    ]);
    assert.ok(existsSync(store.folder));
  });

  it('gives no name twice, in whatever case', async () => {
    const store = createStore(folder.path, NO_LIMITS);
    const startedAt = new Date(2026, 10, 22, 14, 3, 5);
    recording('2026-11-22 14-03-05 LOCALHOST.wbtrace', 0);
    recording('2026-11-22 14-03-05 localhost (2).wbtrace', 0);
    assert.equal(
      basename(await store.newRecordingPath(startedAt, 'localhost')),
      '2026-11-22 14-03-05 localhost (3).wbtrace',
    );
  });

  it('says so when the folder cannot be used', async () => {
    const file = recording('file', 0);
    await assert.rejects(
      createStore(join(file, 'below'), NO_LIMITS).newRecordingPath(new Date(), 'x'),
      {
        code: 'no-recordings-folder',
      },
    );
  });

  it('lists recordings and nothing else, newest first', async () => {
    recording('old.wbtrace', 2 * DAY, 5);
    recording('new.wbtrace', DAY, 7);
    recording('new.wbtrace.idx', 0);
    recording('notes.txt', 0);
    mkdirSync(join(folder.path, 'folder.wbtrace'));
    const listed = await createStore(folder.path, NO_LIMITS).list();
    assert.deepEqual(listed, [
      {
        path: join(folder.path, 'new.wbtrace'),
        name: 'new.wbtrace',
        size: 7,
        modifiedAt: NOW - DAY,
        state: 'unfinished',
      },
      {
        path: join(folder.path, 'old.wbtrace'),
        name: 'old.wbtrace',
        size: 5,
        modifiedAt: NOW - 2 * DAY,
        state: 'unfinished',
      },
    ]);
    assert.deepEqual(await createStore(join(folder.path, 'none'), NO_LIMITS).list(), []);
  });

  it('tells what is written now, what was ended, and what was left by a process that was killed', async () => {
    const end = '{"kind":"end","seq":4,"t":950.2,"frames":1,"messages":1}\n';
    const store = createStore(folder.path, NO_LIMITS);
    const write = (name: string, text: string): string => {
      const path = recording(name, 0);
      writeFileSync(path, text);
      return path;
    };
    write('ended.wbtrace', `${'x'.repeat(10_000)}\n${end}`);
    write('torn.wbtrace', end.slice(0, -1));
    write('goes on.wbtrace', `${end}{"kind":"frame"}\n`);
    write('empty.wbtrace', '');
    const written = write('written.wbtrace', '{"kind":"header"}\n');
    await store.use(write('read.wbtrace', '{"kind":"header"}\n'));
    const stop = await store.use(written, 'write');
    const states = async (): Promise<object> =>
      Object.fromEntries((await store.list()).map(({ name, state }) => [name, state]));
    const left = {
      'ended.wbtrace': 'ended',
      'torn.wbtrace': 'unfinished',
      'goes on.wbtrace': 'unfinished',
      'empty.wbtrace': 'unfinished',
      'read.wbtrace': 'unfinished',
    };
    assert.deepEqual(await states(), { ...left, 'written.wbtrace': 'written' });
    await stop();
    assert.deepEqual(await states(), { ...left, 'written.wbtrace': 'unfinished' });
    // No process has this number: it is beyond what systems give.
    write('empty.wbtrace.4194305-ab.write', '');
    assert.deepEqual(await states(), { ...left, 'written.wbtrace': 'unfinished' });
    assert.ok(!existsSync(join(folder.path, 'empty.wbtrace.4194305-ab.write')));
  });

  it('renames a recording with its companions, and refuses what cannot be', async () => {
    const path = recording('a.wbtrace', 0);
    recording('a.wbtrace.index', 0);
    recording('b.wbtrace', 0);
    const store = createStore(folder.path, NO_LIMITS);
    for (const name of ['B', '', '  ', 'c/d', '..', 'a:b']) {
      await assert.rejects(store.rename(path, name), { code: 'name' }, name);
    }
    assert.deepEqual(readdirSync(folder.path).sort(), [
      'a.wbtrace',
      'a.wbtrace.index',
      'b.wbtrace',
    ]);
    assert.equal(await store.rename(path, 'A'), join(folder.path, 'A.wbtrace'));
    const renamed = await store.rename(join(folder.path, 'A.wbtrace'), 'Ärger mit Entwürfen');
    assert.equal(renamed, join(folder.path, 'Ärger mit Entwürfen.wbtrace'));
    assert.deepEqual(readdirSync(folder.path).sort(), [
      'b.wbtrace',
      'Ärger mit Entwürfen.wbtrace',
      'Ärger mit Entwürfen.wbtrace.index',
    ]);
    await assert.rejects(store.rename(join(folder.path, 'none.wbtrace'), 'x'), {
      code: 'recording-not-renamed',
    });
  });

  it('deletes a recording with its companions, and no other', async () => {
    const path = recording('a.wbtrace', 0);
    recording('a.wbtrace.idx', 0);
    recording('a.wbtrace2', 0);
    recording('b.wbtrace', 0);
    await createStore(folder.path, NO_LIMITS).delete(path);
    assert.deepEqual(readdirSync(folder.path).sort(), ['a.wbtrace2', 'b.wbtrace']);
  });

  describe('retention', () => {
    const cases: readonly (readonly [string, Partial<RetentionLimits>, readonly string[]])[] = [
      ['nothing without limits', {}, []],
      ['the oldest beyond the number', { maxCount: 3 }, ['1.wbtrace', '2.wbtrace']],
      ['the oldest beyond the size, the newest not counted', { maxBytes: 39 }, ['1.wbtrace']],
      ['what is too old', { maxAgeDays: 3.5 }, ['1.wbtrace', '2.wbtrace']],
      [
        'by whatever limit is the narrowest',
        { maxCount: 4, maxBytes: 25, maxAgeDays: 10 },
        ['1.wbtrace', '2.wbtrace'],
      ],
    ];
    for (const [title, limits, expected] of cases) {
      it(`deletes ${title}`, async () => {
        for (let number = 1; number <= 5; number++) {
          recording(`${number}.wbtrace`, (6 - number) * DAY);
        }
        const { deleted, problems } = await createStore(folder.path, {
          ...NO_LIMITS,
          ...limits,
        }).retain(NOW, new Set());
        assert.deepEqual([deleted.map(({ name }) => name), problems], [expected, []]);
        assert.equal(readdirSync(folder.path).length, 5 - expected.length);
      });
    }

    it('lets a huge recording displace no other: neither the newest nor one that goes itself', async () => {
      recording('1.wbtrace', 4 * DAY);
      recording('2.wbtrace', 3 * DAY, 5000);
      recording('3.wbtrace', 2 * DAY);
      recording('4.wbtrace', DAY, 5000);
      const store = createStore(folder.path, { ...NO_LIMITS, maxBytes: 25 });
      const { deleted } = await store.retain(NOW, new Set());
      assert.deepEqual(
        deleted.map(({ name }) => name),
        ['2.wbtrace'],
      );
    });

    it('spares what a living process uses, here or in another window, as long as it does', async () => {
      const here = recording('here.wbtrace', 9 * DAY);
      const ended = recording('ended.wbtrace', 8 * DAY);
      const elsewhere = recording('elsewhere.wbtrace', 7 * DAY);
      const limits = { maxBytes: 0, maxAgeDays: 1, maxCount: 0 };
      const store = createStore(folder.path, limits);
      const deletedNow = async () =>
        (await store.retain(NOW, new Set())).deleted.map(({ name }) => name);
      const release = await store.use(here);
      const again = await store.use(here);
      writeFileSync(`${elsewhere}.${process.ppid}-0a.use`, '');
      // No process has a number beyond what systems give.
      writeFileSync(`${ended}.${2 ** 30}-0b.use`, '');
      assert.deepEqual(await deletedNow(), ['ended.wbtrace']);
      await release();
      assert.deepEqual(await deletedNow(), []);
      await again();
      assert.deepEqual(await deletedNow(), ['here.wbtrace']);
      assert.deepEqual(readdirSync(folder.path).sort(), [
        'elsewhere.wbtrace',
        `elsewhere.wbtrace.${process.ppid}-0a.use`,
      ]);
    });

    it('leaves no mark beside recordings of other folders, which nobody deletes', async () => {
      const other = recording('other.wbtrace', 0);
      const store = createStore(join(folder.path, 'recordings'), NO_LIMITS);
      await store.use(other);
      assert.deepEqual(readdirSync(folder.path), ['other.wbtrace']);
    });

    it('spares what has bookmarks or notes, which take no room from others', async () => {
      recording('newest.wbtrace', HOUR * 2);
      const noted = recording('noted.wbtrace', 9 * DAY);
      writeFileSync(`${noted}.notes.json`, '{}');
      recording('idle.wbtrace', 8 * DAY);
      const limits = { maxBytes: 1, maxAgeDays: 1, maxCount: 1 };
      const { deleted } = await createStore(folder.path, limits).retain(NOW, new Set());
      assert.deepEqual(
        deleted.map(({ name }) => name),
        ['idle.wbtrace'],
      );
      assert.ok(readdirSync(folder.path).includes('noted.wbtrace'));
    });

    it('spares what is in use, and what was written to within the hour', async () => {
      const used = recording('used.wbtrace', 9 * DAY);
      recording('other window.wbtrace', HOUR / 2);
      recording('idle.wbtrace', 8 * DAY);
      const limits = { maxBytes: 1, maxAgeDays: 1, maxCount: 1 };
      const { deleted } = await createStore(folder.path, limits).retain(NOW, new Set([used]));
      assert.deepEqual(
        deleted.map(({ name }) => name),
        ['idle.wbtrace'],
      );
    });
  });

  it('counts the index beside a recording for its size, and deletes it with it', async () => {
    recording('1.wbtrace', 5 * HOUR, 10);
    recording('1.wbtrace.index', 5 * HOUR, 90);
    recording('2.wbtrace', 4 * HOUR, 10);
    recording('2.wbtrace.index', 4 * HOUR, 90);
    recording('3.wbtrace', 3 * HOUR, 10);
    recording('4.wbtrace', 2 * HOUR, 10);
    const store = createStore(folder.path, { ...NO_LIMITS, maxBytes: 150 });
    const { deleted, problems } = await store.retain(NOW, new Set());
    assert.deepEqual([deleted.map(({ name }) => name), problems], [['1.wbtrace'], []]);
    assert.deepEqual(readdirSync(folder.path).sort(), [
      '2.wbtrace',
      '2.wbtrace.index',
      '3.wbtrace',
      '4.wbtrace',
    ]);
  });

  it('deletes indexes whose recording is gone, and what killed windows have left of one', async () => {
    const kept = [
      recording('1.wbtrace', 5 * DAY),
      recording('1.wbtrace.index', 5 * DAY),
      recording('1.wbtrace.index.00000001.part', HOUR / 2),
      recording('gone lately.wbtrace.index', HOUR / 2),
      recording('somebody’s.index', 5 * DAY),
      recording('somebody’s.part', 5 * DAY),
    ];
    recording('1.wbtrace.index.00000002.part', 2 * HOUR);
    recording('gone.wbtrace.index', 2 * HOUR);
    await createStore(folder.path, NO_LIMITS).retain(NOW, new Set());
    assert.deepEqual(readdirSync(folder.path).sort(), kept.map((path) => basename(path)).sort());
  });
});
