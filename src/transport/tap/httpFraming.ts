import { failed, ok, type Result } from '../../core/base/result';
import { fieldList, fieldValues, type Head, type RequestHead, type ResponseHead } from './httpHead';
import type { BodyFraming } from './httpBody';

const NO_BODY: BodyFraming = { kind: 'none' };

/** How a request's body ends. Fails where it could be read in two ways. */
export function requestFraming(head: RequestHead): Result<BodyFraming> {
  const codings = fieldList(head, 'transfer-encoding');
  if (codings.length > 0) {
    return codings.at(-1) === 'chunked'
      ? ok({ kind: 'chunked' })
      : failed('not-http', 'its Transfer-Encoding does not end with chunked');
  }
  return lengthFraming(head, NO_BODY);
}

/** How a response's body ends; `method` is that of its request. */
export function responseFraming(head: ResponseHead, method: string): Result<BodyFraming> {
  const { status } = head;
  if (status < 200 || status === 204 || status === 304 || method === 'HEAD') {
    return ok(NO_BODY);
  }
  const codings = fieldList(head, 'transfer-encoding');
  if (codings.length > 0) {
    return ok({ kind: codings.at(-1) === 'chunked' ? 'chunked' : 'until-close' });
  }
  return lengthFraming(head, { kind: 'until-close' });
}

function lengthFraming(head: Head, otherwise: BodyFraming): Result<BodyFraming> {
  const lengths = new Set(
    fieldValues(head, 'content-length').flatMap((value) =>
      value.split(',').map((one) => one.trim()),
    ),
  );
  const [length] = lengths;
  if (length === undefined) {
    return ok(otherwise);
  }
  if (lengths.size > 1 || !/^\d{1,15}$/.test(length)) {
    return failed('not-http', 'its Content-Length is not one number');
  }
  return ok({ kind: 'length', bytes: Number(length) });
}
