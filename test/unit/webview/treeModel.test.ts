import assert from 'node:assert/strict';
import type { AttributeNode } from '../../../src/core/protocol/describe';
import { TreeModel, treeStep } from '../../../src/webview/details/treeModel';

const leaf = (name: string): AttributeNode => ({ name, type: 'string', value: name });
const list = (name: string, ...children: AttributeNode[]): AttributeNode => ({
  name,
  type: 'list',
  children,
});

const ROOTS = [leaf('a'), list('b', leaf('c'), list('d', list('e', leaf('f')))), list('empty')];

function names(model: TreeModel): readonly string[] {
  return model.items.map(
    ({ node, level, expanded }) => `${level} ${node.name} ${String(expanded)}`,
  );
}

describe('the tree of attributes', () => {
  it('opens two levels at first, and lists without entries have nothing to open', () => {
    assert.deepEqual(names(new TreeModel(ROOTS)), [
      '1 a undefined',
      '1 b true',
      '2 c undefined',
      '2 d true',
      '3 e false',
      '1 empty undefined',
    ]);
  });

  it('keeps long lists closed at first', () => {
    const long = list('long', ...Array.from({ length: 100 }, (_, index) => leaf(String(index))));
    assert.deepEqual(names(new TreeModel([long])), ['1 long false']);
  });

  it('opens and closes lists where they stand', () => {
    const model = new TreeModel(ROOTS);
    model.setExpanded('1.1.0', true);
    const open = names(model).length;
    model.setExpanded('1', false);
    assert.deepEqual(
      [open, names(model)],
      [7, ['1 a undefined', '1 b false', '1 empty undefined']],
    );
  });

  it('is moved through with arrows: right opens and enters, left closes and leaves', () => {
    const { items } = new TreeModel(ROOTS);
    assert.deepEqual(
      [
        treeStep('ArrowRight', items, 1),
        treeStep('ArrowRight', items, 4),
        treeStep('ArrowLeft', items, 4),
        treeStep('ArrowLeft', items, 1),
        treeStep('ArrowUp', items, 0),
        treeStep('End', items, 0),
        treeStep('a', items, 0),
      ],
      [
        { kind: 'focus', index: 2 },
        { kind: 'toggle', path: '1.1.0', expanded: true },
        { kind: 'focus', index: 3 },
        { kind: 'toggle', path: '1', expanded: false },
        { kind: 'focus', index: 0 },
        { kind: 'focus', index: 5 },
        undefined,
      ],
    );
  });
});
