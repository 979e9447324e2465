/** What the view may ask for rows, checked. Everything else is refused before anybody reads it. */
import { MAX_NOTE } from '../core/annotations/annotation';
import type { RowSpan } from '../core/ladder/rows';
import type { AnnotationChange, ExportScope, RowsRequest } from './rowActions';
import { isCount, isRecord, isTextUpTo } from './rpcArguments';

/** Undefined when it is none. */
export function readAnnotationChange(value: unknown): AnnotationChange | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { kind, message, on, text } = value;
  if (kind === 'undo') {
    return { kind };
  }
  if (!isCount(message)) {
    return undefined;
  }
  if (kind === 'bookmark') {
    return typeof on === 'boolean' ? { kind, message, on } : undefined;
  }
  return kind === 'note' && isTextUpTo(text, MAX_NOTE) ? { kind, message, text } : undefined;
}

/** Undefined when it is none. */
export function readRowsRequest(value: unknown): RowsRequest | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { kind, format, message } = value;
  switch (kind) {
    case 'copy': {
      const span = readSpan(value['span']);
      const known = format === 'json' || format === 'markdown' || format === 'row';
      return span !== undefined && known ? { kind, span, format } : undefined;
    }
    case 'export': {
      const scope = readScope(value['scope']);
      return scope === undefined ? undefined : { kind, scope };
    }
    case 'bookmarks':
      return { kind };
    case 'sendAgain':
    case 'revealInTree':
      return isCount(message) ? { kind, message } : undefined;
    default:
      return undefined;
  }
}

function readScope(value: unknown): ExportScope | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { kind, phase } = value;
  if (kind === 'shown') {
    return { kind };
  }
  if (kind === 'phase') {
    return isCount(phase) ? { kind, phase } : undefined;
  }
  const span = kind === 'rows' ? readSpan(value['span']) : undefined;
  return span === undefined ? undefined : { kind: 'rows', span };
}

function readSpan(value: unknown): RowSpan | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { first, last } = value;
  return isCount(first) && isCount(last) && first <= last ? { first, last } : undefined;
}
