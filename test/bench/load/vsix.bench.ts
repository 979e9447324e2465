import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packageVsix } from '../../environment/build';
import { plainFigure, type Report } from '../support/figures';

/** Size of the VSIX without the pictures of the README, which are as good as incompressible. */
export async function run(report: Report): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbin-inspector-bench-'));
  try {
    const { bytes, files } = await packageVsix(path.join(folder, 'measured.vsix'));
    const pictures = files
      .filter((file) => file.startsWith('media/readme/'))
      .reduce((sum, file) => sum + fs.statSync(file).size, 0);
    report(plainFigure('vsix.kB', 'kB', [(bytes - pictures) / 1000]));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
