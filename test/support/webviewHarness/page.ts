/**
 * Runs in the page before the view: stands for VS Code and the extension host. The host's end is the real
 * one; only the trace behind it is scripted. The address says what it shows (see `HarnessOptions`).
 */
import { Emitter } from '../../../src/core/base/event';
import { ScriptedHost, type HarnessHandle } from './scriptedHost';
import { THEMES, type ThemeName } from './themes';

declare global {
  interface Window {
    harness: HarnessHandle;
    acquireVsCodeApi: () => unknown;
  }
}

const toHost = new Emitter<unknown>();
const theme = (new URLSearchParams(location.search).get('theme') ?? 'dark') as ThemeName;
document.body.className = THEMES[theme].bodyClass;
for (const [name, value] of Object.entries(THEMES[theme].variables)) {
  document.documentElement.style.setProperty(`--vscode-${name}`, value);
}
window.harness = new ScriptedHost({
  // What crosses VS Code's line has been JSON.
  post: (envelope) => window.postMessage(JSON.parse(JSON.stringify(envelope)), '*'),
  onMessage: toHost.event,
});
window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => {
    const copy: unknown = JSON.parse(JSON.stringify(message));
    setTimeout(() => toHost.fire(copy), 0);
  },
  getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
  setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
});
