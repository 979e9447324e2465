/**
 * The companion file of a recording, `NAME.wbtrace.notes.json`: what people say about its messages, as JSON that a
 * person can read. Everything is checked; a file that is not understood whole is never written over.
 */
import { failed, messageOf, ok, type Result } from '../base/result';
import { annotationKey, inOrder, MAX_ANNOTATIONS, MAX_NOTE, type Annotation } from './annotation';

/** What this version writes, and the newest that it reads. */
export const NOTES_VERSION = 1;
/** Characters of a file. */
export const MAX_NOTES_FILE = 64_000_000;

export function printAnnotations(annotations: readonly Annotation[]): string {
  const messages = [...annotations].sort(inOrder).map((annotation) => {
    const { seq, place, bookmarked, note, changedAt } = annotation;
    return {
      seq,
      place,
      ...(bookmarked ? { bookmarked } : {}),
      ...(note === '' ? {} : { note }),
      changedAt: new Date(changedAt).toISOString(),
    };
  });
  const lines = messages.map((message) => `    ${JSON.stringify(message)}`).join(',\n');
  const list = lines === '' ? '[]' : `[\n${lines}\n  ]`;
  return `{\n  "version": ${NOTES_VERSION},\n  "messages": ${list}\n}\n`;
}

/** Reads what {@link printAnnotations} wrote, in whatever hands it was since. */
export function parseAnnotations(text: string): Result<readonly Annotation[]> {
  if (text.length > MAX_NOTES_FILE) {
    return failed('notes-too-large', `It has more than ${MAX_NOTES_FILE} characters.`);
  }
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch (error) {
    return failed('notes-not-json', `It is no JSON: ${messageOf(error)}`);
  }
  if (!isRecord(whole) || typeof whole['version'] !== 'number') {
    return failed('notes-no-version', 'It does not say which version it is.');
  }
  const { version, messages } = whole;
  if (version !== NOTES_VERSION) {
    return failed(
      'notes-version',
      `It is of version ${String(version)}, and this version of Workbin Inspector reads version ${NOTES_VERSION}. Update Workbin Inspector.`,
    );
  }
  if (!Array.isArray(messages) || messages.length > MAX_ANNOTATIONS * 2) {
    return failed('notes-bad-list', 'Its list of messages is missing or too long.');
  }
  const read = new Map<string, Annotation>();
  for (const [index, message] of messages.entries()) {
    const annotation = readAnnotation(message);
    if (annotation === undefined) {
      return failed('notes-bad-entry', `Entry ${index + 1} of its list is not understood.`);
    }
    const key = annotationKey(annotation);
    const before = read.get(key);
    if (before === undefined || before.changedAt <= annotation.changedAt) {
      read.set(key, annotation);
    }
  }
  return ok([...read.values()]);
}

function readAnnotation(value: unknown): Annotation | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { seq, place, bookmarked = false, note = '', changedAt } = value;
  const at = typeof changedAt === 'string' ? Date.parse(changedAt) : Number.NaN;
  return isCount(seq) &&
    isCount(place) &&
    typeof bookmarked === 'boolean' &&
    typeof note === 'string' &&
    note.length <= MAX_NOTE &&
    Number.isFinite(at)
    ? { seq, place, bookmarked, note, changedAt: at }
    : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
