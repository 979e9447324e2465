/** Entry of the request form's page. */
import type { FilledRequest } from '../../bridge/requestForm';
import { readRequestInput } from '../../core/protocol/requestForm/requestInput';
import { acquirePage } from '../vscodeApi';
import { RequestFormPage } from './requestFormPage';

function readSaved(saved: unknown): FilledRequest | undefined {
  if (typeof saved !== 'object' || saved === null) {
    return undefined;
  }
  const { request, input } = saved as Readonly<Record<string, unknown>>;
  const filled = readRequestInput(input);
  return typeof request === 'string' && filled !== undefined
    ? { request, input: filled }
    : undefined;
}

const root = document.createElement('div');
root.className = 'wi-request';
document.body.replaceChildren(root);
void new RequestFormPage(root, acquirePage(readSaved)).start();
