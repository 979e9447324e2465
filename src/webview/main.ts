/** Entry of the trace view's page. */
import { App } from './app';
import { acquireEnvironment } from './vscodeApi';

const root = document.createElement('div');
root.className = 'wi-app';
document.body.replaceChildren(root);
void new App(root, acquireEnvironment()).start();
performance.mark('built');
