import assert from 'node:assert/strict';
import { FilterMemory } from '../../../src/host/trace/filterMemory';
import { createMemory } from '../../support/extensionMemory';

describe('the memory of filters', () => {
  it('has the filters that were used, latest first, each once', async () => {
    const filters = new FilterMemory(createMemory());
    for (const filter of ['code:1', 'ref:2', ' ', 'code:1']) {
      await filters.use(filter);
    }
    assert.deepEqual(filters.all, { history: ['code:1', 'ref:2'], saved: [] });
  });

  it('has a filter and the one that goes on with it, each settled on by itself', async () => {
    const filters = new FilterMemory(createMemory());
    for (const filter of ['name:a', 'name:ab', 'name:a']) {
      await filters.use(filter);
    }
    assert.deepEqual(filters.all.history, ['name:a', 'name:ab']);
  });

  it('has no lines that are no filters', async () => {
    const filters = new FilterMemory(createMemory());
    for (const filter of ['ref:2', 'name:', 'name:(', 'a and']) {
      await filters.use(filter);
    }
    assert.deepEqual(filters.all.history, ['ref:2']);
  });

  it('goes back twenty filters', async () => {
    const filters = new FilterMemory(createMemory());
    for (let code = 10; code < 40; code++) {
      await filters.use(`code:${code}`);
    }
    const latest = Array.from({ length: 20 }, (_, age) => `code:${39 - age}`);
    assert.deepEqual(filters.all.history, latest);
  });

  it('keeps filters under names, and forgets them', async () => {
    const filters = new FilterMemory(createMemory());
    await filters.save('errors', 'name:EventError');
    await filters.save('slow', 'latency:>1s');
    const changed = await filters.save('errors', 'code:*');
    const kept = [
      { name: 'slow', filter: 'latency:>1s' },
      { name: 'errors', filter: 'code:*' },
    ];
    assert.deepEqual(changed.saved, kept);
    assert.deepEqual((await filters.save('slow', ' ')).saved, kept.slice(1));
  });

  it('keeps fifty at most: the one kept longest gives way', async () => {
    const filters = new FilterMemory(createMemory());
    for (let code = 0; code < 60; code++) {
      await filters.save(`n${code}`, `code:${code}`);
    }
    const { saved } = filters.all;
    assert.deepEqual([saved.length, saved[0]?.name, saved.at(-1)?.name], [50, 'n10', 'n59']);
  });

  it('takes nothing from a memory that something else wrote', () => {
    const strange = [null, 'a', [1], { history: [1, 'a'], saved: [{ name: 1 }, null] }];
    const read = strange.map((kept) => new FilterMemory(createMemory(kept)).all);
    const empty = { history: [], saved: [] };
    assert.deepEqual(read, [empty, empty, empty, { history: ['a'], saved: [] }]);
  });
});
