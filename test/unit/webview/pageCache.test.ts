import assert from 'node:assert/strict';
import type { RowsPage } from '../../../src/bridge/traceView';
import type { MarkRow } from '../../../src/core/ladder/rows';
import { PageCache } from '../../../src/webview/ladder/pageCache';

function mark(text: string): MarkRow {
  return { kind: 'mark', mark: 'gap', time: 0, text };
}

/** A host that answers when it is told to. */
class SlowHost {
  readonly asked: number[] = [];
  rows = 1000;
  generation = 0;
  private readonly waiting: {
    first: number;
    resolve: (page: RowsPage) => void;
    reject: (error: Error) => void;
  }[] = [];

  readonly fetch = (first: number): Promise<RowsPage> => {
    this.asked.push(first);
    return new Promise((resolve, reject) => this.waiting.push({ first, resolve, reject }));
  };

  async answer(): Promise<void> {
    const { generation, rows } = this;
    for (const { first, resolve } of this.waiting.splice(0)) {
      const count = Math.min(10, rows - first);
      const page = Array.from({ length: count }, (_, index) =>
        mark(`${first + index}/${generation}`),
      );
      resolve({ first, generation, rows: page });
    }
    await settle();
  }

  async refuse(): Promise<void> {
    for (const { reject } of this.waiting.splice(0)) {
      reject(new Error('no disk'));
    }
    await settle();
  }
}

/** Lets promises that are settled reach those who wait for them. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function cacheOf(host: SlowHost, maxPages = 4): PageCache {
  const cache = new PageCache({ fetch: host.fetch, pageSize: 10, maxPages });
  cache.setExtent(host.rows, host.generation);
  return cache;
}

function text(cache: PageCache, index: number): string | undefined {
  const row = cache.row(index);
  return row?.kind === 'mark' ? row.text : undefined;
}

describe('the cache of pages', () => {
  it('knows a row once its page has come', async () => {
    const host = new SlowHost();
    const cache = cacheOf(host);
    cache.want(5, 12);
    const before = text(cache, 5);
    await host.answer();
    assert.deepEqual(
      [before, text(cache, 5), text(cache, 12), host.asked],
      [undefined, '5/0', '12/0', [0, 10]],
    );
  });

  it('asks only for what was wanted last when scrolling is faster than the host', async () => {
    const host = new SlowHost();
    const cache = cacheOf(host);
    for (let first = 0; first < 900; first += 10) {
      cache.want(first, first + 9);
    }
    await host.answer();
    await host.answer();
    assert.deepEqual(host.asked, [0, 10, 890]);
  });

  it('never holds more pages than it may, and lets the oldest go first', async () => {
    const host = new SlowHost();
    const cache = cacheOf(host);
    for (let first = 0; first < 100; first += 10) {
      cache.want(first, first + 9);
      await host.answer();
    }
    assert.deepEqual([cache.size, text(cache, 0), text(cache, 60)], [4, undefined, '60/0']);
  });

  it('shows rows of an older generation until the newer ones have come', async () => {
    const host = new SlowHost();
    const cache = cacheOf(host);
    cache.want(0, 9);
    await host.answer();
    host.generation = 1;
    cache.setExtent(host.rows, 1);
    const meanwhile = text(cache, 3);
    await host.answer();
    assert.deepEqual([meanwhile, text(cache, 3)], ['3/0', '3/1']);
  });

  it('does not take a row of an older generation for the present one', async () => {
    const host = new SlowHost();
    const cache = cacheOf(host);
    cache.want(0, 9);
    await host.answer();
    const before = cache.currentRow(3);
    host.generation = 1;
    cache.setExtent(host.rows, 1);
    const meanwhile = cache.currentRow(3);
    await host.answer();
    assert.deepEqual(
      [before, meanwhile, cache.currentRow(3)],
      [mark('3/0'), undefined, mark('3/1')],
    );
  });

  it('keeps rows on the screen when a fold closes, and does not miss those that are gone', async () => {
    const host = new SlowHost();
    const failures: string[] = [];
    host.rows = 14;
    const cache = cacheOf(host);
    cache.onDidFail((failure) => failures.push(failure));
    cache.want(0, 9);
    await host.answer();
    cache.want(0, 13);
    host.rows = 11;
    host.generation = 1;
    cache.setExtent(11, 1);
    const meanwhile = text(cache, 3);
    await host.answer();
    await host.answer();
    assert.deepEqual(
      [meanwhile, failures, text(cache, 3), text(cache, 10), text(cache, 11)],
      ['3/0', [], '3/1', '10/1', undefined],
    );
  });

  it('asks again for a page that was of an older generation when it came', async () => {
    const host = new SlowHost();
    const cache = cacheOf(host);
    cache.want(0, 9);
    cache.setExtent(host.rows, 1);
    await host.answer();
    host.generation = 1;
    await host.answer();
    assert.deepEqual([host.asked, text(cache, 0)], [[0, 0], '0/1']);
  });

  it('completes its last page when rows are added', async () => {
    const host = new SlowHost();
    host.rows = 14;
    const cache = cacheOf(host);
    cache.want(10, 13);
    await host.answer();
    host.rows = 18;
    cache.setExtent(18, 0);
    cache.want(10, 17);
    await host.answer();
    assert.deepEqual([text(cache, 13), text(cache, 17)], ['13/0', '17/0']);
  });

  it('does not miss rows in an answer that were added after it was asked for', async () => {
    const host = new SlowHost();
    const failures: string[] = [];
    host.rows = 14;
    const cache = cacheOf(host);
    cache.onDidFail((failure) => failures.push(failure));
    cache.want(10, 13);
    cache.setExtent(18, 0);
    await host.answer();
    host.rows = 18;
    await host.answer();
    assert.deepEqual([failures, host.asked, text(cache, 17)], [[], [10, 10], '17/0']);
  });

  it('tells a failure once and asks again when told to', async () => {
    const host = new SlowHost();
    const cache = cacheOf(host);
    const failures: string[] = [];
    cache.onDidFail((failure) => failures.push(failure));
    cache.want(0, 9);
    await host.refuse();
    cache.want(0, 9);
    const asked = host.asked.length;
    cache.retry();
    await host.answer();
    assert.deepEqual([failures, asked, text(cache, 0)], [['no disk'], 1, '0/0']);
  });

  it('does not take rows that it has not asked for', async () => {
    const failures: string[] = [];
    const cache = new PageCache({
      fetch: () => Promise.resolve({ first: 50, generation: 0, rows: [mark('wrong')] }),
      pageSize: 10,
    });
    cache.onDidFail((failure) => failures.push(failure));
    cache.setExtent(100, 0);
    cache.want(0, 9);
    await settle();
    assert.deepEqual([cache.row(0), failures.length], [undefined, 1]);
  });
});
