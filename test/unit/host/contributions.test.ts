import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { COMMANDS, TREE_ROW_COMMANDS } from '../../../src/host/commandIds';
import {
  HAR_EDITOR,
  RECORDINGS_VIEW,
  SERVERS_VIEW,
  TRACE_EDITOR,
  WORKBINS_VIEW,
} from '../../../src/host/views';
import { inProject } from '../../environment/paths';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly icon?: string }[];
    readonly menus: { readonly [menu: string]: readonly MenuItem[] };
    readonly views: { readonly [container: string]: readonly { readonly id: string }[] };
    readonly customEditors: readonly { readonly viewType: string }[];
    readonly configuration: readonly { readonly properties: Settings }[];
  };
}

interface MenuItem {
  /** Absent where it opens a submenu. */
  readonly command?: string;
  readonly when: string;
  readonly group?: string;
}

interface Settings {
  readonly [id: string]: { readonly scope: string; readonly default: unknown };
}

const text = readFileSync(inProject('package.json'), 'utf8');
const { contributes } = JSON.parse(text) as Manifest;
const words = JSON.parse(readFileSync(inProject('package.nls.json'), 'utf8')) as object;
const menuItems = Object.values(contributes.menus).flat();

const STATES = ['none', 'connecting', 'connected', 'recovering', 'tapping', 'disconnected'];

/** Whether a condition holds as far as it speaks of the session's state. */
function isShown(when: string, state: string): boolean {
  return when.split(' && ').every((term) => {
    const [, operator = '', value = ''] =
      /^workbinInspector:session (==|=~) (.+)$/.exec(term) ?? [];
    assert(operator !== '' || !term.includes('workbinInspector:session'), term);
    switch (operator) {
      case '==':
        return state === value;
      case '=~':
        return new RegExp(value.slice(1, -1)).test(state);
      default:
        return true;
    }
  });
}

describe('the contributions of package.json', () => {
  it('are the commands of the code', () => {
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).sort(),
      Object.values(COMMANDS).sort(),
    );
  });

  it('are the views and the editors of the code', () => {
    assert.deepEqual(
      [
        ...Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id)),
        ...contributes.customEditors.map(({ viewType }) => viewType),
      ],
      [SERVERS_VIEW, WORKBINS_VIEW, RECORDINGS_VIEW, TRACE_EDITOR, HAR_EDITOR],
    );
  });

  it('have words for every placeholder, and no words without one', () => {
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(words).sort());
  });

  it('put only commands that exist into menus and texts', () => {
    const known = new Set<string>(Object.values(COMMANDS));
    const linked = [...JSON.stringify(words).matchAll(/\(command:([\w.]+)\)/g)].map(
      ([, id]) => id!,
    );
    const named = [...menuItems.flatMap(({ command }) => command ?? []), ...linked];
    assert.deepEqual(
      named.filter((id) => !known.has(id)),
      [],
    );
  });

  it('are refused without their row where they stand in the menus of rows alone', () => {
    const inMenu = (menu: string): readonly (string | undefined)[] =>
      (contributes.menus[menu] ?? []).map(({ command }) => command);
    const titles = new Set([...inMenu('view/title'), ...inMenu('editor/title')]);
    const ofRows = new Set(inMenu('view/item/context').filter((id) => !titles.has(id)));
    // One acts on the embedded server, of which there is one; the other only says why it cannot be chosen.
    ofRows.delete(COMMANDS.connectEmbeddedAs);
    ofRows.delete(COMMANDS.onlyLive);
    assert.deepEqual(
      [...TREE_ROW_COMMANDS].map((name) => COMMANDS[name]).sort(),
      [...ofRows].sort(),
    );
  });

  it('show at most three icons in a title and on a row, whatever the state', () => {
    const titleIcons = (view: string, state: string): number =>
      (contributes.menus['view/title'] ?? []).filter(
        ({ when, group }) =>
          group?.startsWith('navigation') === true && when.includes(view) && isShown(when, state),
      ).length;
    for (const state of STATES) {
      const count = titleIcons(WORKBINS_VIEW, state);
      assert(count >= 1 && count <= 3, `${count} in the state ${state}`);
    }
    const inline = (contributes.menus['view/item/context'] ?? []).filter(({ group }) =>
      group?.startsWith('inline'),
    );
    assert(inline.filter(({ when }) => when.includes('workbin.')).length <= 3);
  });

  it('have icons where they are buttons, and stand but once at a place', () => {
    const icons = new Map(contributes.commands.map(({ command, icon }) => [command, icon]));
    const items = [
      ...(contributes.menus['view/title'] ?? []),
      ...(contributes.menus['view/item/context'] ?? []),
    ];
    const buttons = items.filter(({ command, group = '', when }) => {
      const isButton = group.startsWith('inline') || /navigation/.test(group);
      return isButton && command !== undefined && !when.includes('viewItem =~ /^recording');
    });
    assert.deepEqual(
      buttons.filter(({ command = '' }) => icons.get(command) === undefined),
      [],
    );
    const twice = items.filter(
      ({ command, when, group = '' }, at) =>
        items.findIndex(
          (other) => other.command === command && other.when === when && other.group === group,
        ) !== at,
    );
    assert.deepEqual(twice, []);
  });

  it('let no workspace choose the server, who connects, or what is kept', () => {
    const settings = contributes.configuration.flatMap(({ properties }) =>
      Object.entries(properties),
    );
    assert.deepEqual(
      settings.filter(([, { scope }]) => scope !== 'machine').map(([id]) => id),
      [
        'workbinInspector.trace.answerTimeLimit',
        'workbinInspector.trace.revealInTree',
        'workbinInspector.trace.colorRules',
      ],
    );
  });
});
