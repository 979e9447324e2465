/** What headers and forms of HTTP frames say. */
import { asText, member } from '../attributes';
import type { HttpRequestFrame, HttpResponseFrame } from '../frame';
import type { JsonObject } from '../json';
import { formFields } from './apiPath';

/** Who signs in: the user name behind the tenant, as in `MyCompany\JeanDupont`. */
export function signingIn(
  frame: HttpRequestFrame,
  body: JsonObject | undefined,
): string | undefined {
  const sent =
    asText(member(body, 'username')) ??
    (frame.body.kind === 'text' ? formFields(frame.body.text).get('username') : undefined);
  return sent === undefined ? undefined : sent.slice(sent.lastIndexOf('\\') + 1);
}

/** Whether a frame calls its body JSON. */
export function saysJson(frame: HttpRequestFrame | HttpResponseFrame): boolean {
  return frame.headers.some(
    ([name, value]) => name.toLowerCase() === 'content-type' && /json/i.test(value),
  );
}
