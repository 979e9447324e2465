/** Lines of generated traffic. The usual frames are joined from their parts; all others our format's writer makes. */
import type { MessageHint } from '../../../src/core/protocol/message';
import { recordLine } from '../../../src/core/trace/recordLine';
import type { TrafficLine } from './day';

/** The line without its end, as our writer would write it, but for hints that are left out. */
export function lineText({ record, hinted }: TrafficLine): string {
  if (record.kind !== 'frame') {
    return recordLine(record);
  }
  const { seq, time, connection, hints, frame } = record;
  const { direction, body } = frame;
  if (frame.kind !== 'websocket' || body.kind !== 'text') {
    return recordLine(record);
  }
  const m = hinted ? `"m":[${hints.map(hintText).join()}],` : '';
  return `{"kind":"frame","seq":${seq},"t":${time},"c":${connection},"d":"${direction}",${m}"v":"ws","json":${body.text}}`;
}

/** None of the texts holds what would have to be escaped. */
function hintText(hint: MessageHint): string {
  const { name, reference, proxyClientId, workbin, interactionId, errorCode } = hint;
  let text = `{"n":"${name}"`;
  if (reference !== undefined) {
    text += typeof reference === 'number' ? `,"r":${reference}` : `,"r":"${reference}"`;
  }
  if (proxyClientId !== undefined) {
    text += `,"p":${proxyClientId}`;
  }
  if (workbin !== undefined) {
    text += `,"w":"${workbin}"`;
  }
  if (interactionId !== undefined) {
    text += `,"i":"${interactionId}"`;
  }
  if (errorCode !== undefined) {
    text += `,"e":${errorCode}`;
  }
  return `${text}}`;
}
