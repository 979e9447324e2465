import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { markdownText } from '../../src/core/export/markdown';
import { mermaidText } from '../../src/core/export/mermaid';
import { pictureOf } from '../../src/core/export/picture';
import { plantUmlText } from '../../src/core/export/plantUml';
import { svgText } from '../../src/core/export/svg';
import { playScenario } from '../support/scenario';

/** Ladders of the golden scenarios in each form; UPDATE_GOLDEN=1 writes what is made now. */
const FOLDER = path.join(process.cwd(), 'test', 'golden', 'exports');
const SCENARIOS = ['notifications', 'proxy-clients', 'pull-and-place'];
const FORMS = { mmd: mermaidText, puml: plantUmlText, svg: svgText, md: markdownText };

describe('exported ladders', () => {
  for (const name of SCENARIOS) {
    for (const [extension, write] of Object.entries(FORMS)) {
      it(`${name} as ${extension}`, async () => {
        const file = path.join('test', 'golden', 'ladders', `${name}.scenario.txt`);
        const { trace } = await playScenario(fs.readFileSync(file, 'utf8'));
        const rows = (await trace.rows(0, trace.status.rows)).map((row, index) =>
          row.kind === 'message' && index === 2
            ? { ...row, bookmarked: true as const, note: 'Look here; <again>' }
            : row,
        );
        const written = write(pictureOf(`${name}.wbtrace`, trace.status.lifelines, rows, 0));
        const golden = path.join(FOLDER, `${name}.${extension}`);
        if (process.env['UPDATE_GOLDEN'] === '1') {
          fs.writeFileSync(golden, written);
        }
        assert.equal(written, fs.readFileSync(golden, 'utf8'));
      });
    }
  }
});
