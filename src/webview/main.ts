/** Entry of the trace view's page. */
import { App } from './app';
import { readOpening } from './opening';
import { acquireEnvironment } from './vscodeApi';

const opening = readOpening();
const root = document.createElement('div');
root.className = 'wi-app';
document.body.replaceChildren(root);
void new App(root, acquireEnvironment()).start(opening);
