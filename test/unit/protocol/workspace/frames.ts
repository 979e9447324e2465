/** Frames of an agent application and its web tier, for tests of the decoder. */
import type {
  Frame,
  FrameBody,
  HttpRequestFrame,
  HttpResponseFrame,
} from '../../../../src/core/protocol/frame';
import type { MessageHint } from '../../../../src/core/protocol/message';
import { createWorkspaceV3Decoder } from '../../../../src/core/protocol/workspace/workspaceV3';

export const BASE = 'http://desk.example';
export const DRAFTS = '2c678878-c54d-4660-b549-46c0d8cc9067';
export const IN_PROGRESS = '642b698b-9be8-4aa2-9b6e-cb803824f951';

const JSON_TYPE = [['Content-Type', 'application/json; charset=utf-8']] as const;

export function textBody(text: string): FrameBody {
  return { kind: 'text', text };
}

export function request(
  exchange: number,
  path: string,
  body?: unknown,
  method = 'POST',
): HttpRequestFrame {
  return {
    kind: 'http-request',
    direction: 'send',
    exchange,
    method,
    url: `${BASE}${path}`,
    headers: body === undefined ? [] : JSON_TYPE,
    body: body === undefined ? { kind: 'none' } : textBody(JSON.stringify(body)),
  };
}

export function response(exchange: number, body?: unknown, status = 200): HttpResponseFrame {
  return {
    kind: 'http-response',
    direction: 'receive',
    exchange,
    status,
    statusText: '',
    headers: body === undefined ? [] : JSON_TYPE,
    body: body === undefined ? { kind: 'none' } : textBody(JSON.stringify(body)),
  };
}

/** A workbin operation of Workspace API v3. */
export function operation(
  exchange: number,
  path: string,
  operationId: unknown,
  data: object = {},
): HttpRequestFrame {
  return request(exchange, `/workspace/v3${path}`, { operationId, data });
}

export function accepted(exchange: number, operationId: unknown): HttpResponseFrame {
  return response(exchange, { status: { code: 1 }, operationId });
}

/** Events as a WebSocket brings them: one frame, a batch of all. */
export function events(...data: readonly object[]): Frame {
  const batch = data.map((each) => ({ channel: '/workspace/v3/workbins', data: each }));
  return { kind: 'websocket', direction: 'receive', body: textBody(JSON.stringify(batch)) };
}

export const WORKBINS = {
  name: 'EventWorkbins',
  messageType: 'WorkbinsMessage',
  operationId: 'list',
  workbins: [
    { workbinName: 'email-draft-wb', id: DRAFTS, type: 'Agent' },
    { workbinName: 'email-in-progress-wb', id: IN_PROGRESS, type: 'Agent' },
  ],
};

export const SIGNED_IN = {
  state: 'Complete',
  messageType: 'WorkspaceInitializationComplete',
  data: { user: { userName: 'JohnSmith', employeeId: 'JohnSmith' } },
};

export function changed(workbin: string, owner: string, interactionId: string): object {
  return {
    name: 'EventWorkbinContentChanged',
    messageType: 'WorkbinsMessage',
    interaction: { id: interactionId },
    operation: 'Pull',
    workbin: { id: workbin, owner },
    workbinContentOperation: 'Remove',
  };
}

/** Hints of all frames, as one connection brings them. */
export function hintsOf(...frames: readonly Frame[]): readonly MessageHint[] {
  const decoder = createWorkspaceV3Decoder();
  return frames.flatMap((frame) => decoder.decode(frame).hints);
}
