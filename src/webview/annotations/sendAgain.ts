import type { TraceOverview, TraceViewMethods } from '../../bridge/traceView';
import type { MenuGroup } from '../base/contextMenu';
import type { LadderRow } from '../../core/ladder/rows';

export interface SendAgainOptions {
  readonly host: Pick<TraceViewMethods, 'actOnRows'>;
  readonly overview: () => TraceOverview | undefined;
  readonly fail: (what: string, error: unknown) => void;
}

/** What the menu offers for a request, while the live connection can carry it. */
export function sendAgainMenu(row: LadderRow, options: SendAgainOptions): MenuGroup {
  const { host, overview, fail } = options;
  // Requests of Platform SDK are named so; the host looks closer.
  const isRequest = row.kind === 'message' && row.name.startsWith('Request');
  if (!isRequest || overview()?.canSendAgain !== true) {
    return [];
  }
  const { message } = row;
  return [
    {
      label: 'Send Again…',
      enabled: true,
      run: () =>
        void host
          .actOnRows({ kind: 'sendAgain', message })
          .catch((error: unknown) => fail('The request could not be shown in the form', error)),
    },
  ];
}
