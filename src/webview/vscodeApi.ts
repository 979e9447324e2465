/** The only module that meets VS Code's webview API, which can be acquired once. */
import { toDisposable } from '../core/base/disposable';
import type { Channel, Timer } from '../bridge/rpcChannel';
import type { TraceViewState } from '../bridge/traceView';
import { readState } from './base/viewState';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What a page has from VS Code: a line to the extension host, and state that outlives the page. */
export interface PageEnvironment<State> {
  readonly channel: Channel;
  readonly timer: Timer;
  loadState(): State | undefined;
  saveState(state: State): void;
}

/** What the trace view has. */
export type Environment = PageEnvironment<TraceViewState>;

/** For the trace view; call once. */
export function acquireEnvironment(): Environment {
  return acquirePage(readState);
}

/** Call once. `read` checks a state that was saved, perhaps by another version. */
export function acquirePage<State>(
  read: (saved: unknown) => State | undefined,
): PageEnvironment<State> {
  const api = acquireVsCodeApi();
  return {
    channel: {
      post: (envelope) => api.postMessage(envelope),
      onMessage(listener) {
        const onMessage = (event: MessageEvent<unknown>): void => listener(event.data);
        window.addEventListener('message', onMessage);
        return toDisposable(() => window.removeEventListener('message', onMessage));
      },
    },
    timer(delayMs, run) {
      const handle = setTimeout(run, delayMs);
      return toDisposable(() => clearTimeout(handle));
    },
    loadState: () => read(api.getState()),
    saveState: (state) => api.setState(state),
  };
}
