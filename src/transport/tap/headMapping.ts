/**
 * Rewrites the few fields that name the server or the tap, so that application and server both see the
 * peer that they expect, and takes compressions out of a request's offers that the tap cannot read: what it cannot
 * read it cannot search for secrets. Nothing else of a head is touched.
 */
import type { MappedHeaders } from '../../core/protocol/frame';
import { isLoopbackName, originOf } from './access';
import { mapSetCookie } from './cookieMapping';
import type { Head, HeadField } from './httpHead';
import { readableCodings, readableExtensions } from './offers';
import { bareHost, type Target } from './target';

export interface Mapped<H extends Head> {
  /** As it goes on to the other side. */
  readonly head: H;
  readonly mapped: MappedHeaders;
}

/** The address under which an application reached the tap. */
export interface TapSide {
  /** The application's `Host`, or the listener's own address where it sent none. */
  readonly authority: string;
  readonly port: number;
}

/** Towards the server: `Host`, `Origin` and `Referer` name the server, and only what the tap can read is offered. */
export function mapRequestHead<H extends Head>(head: H, tap: TapSide, target: Target): Mapped<H> {
  return mapFields(head, 'request', (name, value) => {
    switch (name) {
      case 'host':
        return target.authority;
      case 'origin':
        return isTapOrigin(value, tap) ? target.origin : value;
      case 'referer': {
        const origin = originPrefix(value);
        return origin !== undefined && isTapOrigin(origin, tap)
          ? target.origin + value.slice(origin.length)
          : value;
      }
      case 'accept-encoding':
        return readableCodings(value);
      case 'sec-websocket-extensions':
        return readableExtensions(value);
      default:
        return value;
    }
  });
}

/** Towards the application: `Location` names the tap, and cookies fit it. */
export function mapResponseHead<H extends Head>(head: H, tap: TapSide, target: Target): Mapped<H> {
  return mapFields(head, 'response', (name, value) => {
    switch (name) {
      case 'location':
        return mapLocation(value, tap, target);
      case 'set-cookie':
        return mapSetCookie(value, target);
      default:
        return value;
    }
  });
}

/** A `Location` without a scheme (`//host/path`) takes the server's. */
function mapLocation(value: string, tap: TapSide, target: Target): string {
  const absolute = value.startsWith('//') ? `${target.secure ? 'https' : 'http'}:${value}` : value;
  const prefix = originPrefix(absolute);
  if (prefix === undefined || originOf(prefix) !== target.origin) {
    return value;
  }
  return `http://${tap.authority}${absolute.slice(prefix.length)}`;
}

function isTapOrigin(origin: string, tap: TapSide): boolean {
  const known = originOf(origin);
  if (known === undefined) {
    return false;
  }
  const { hostname, port, protocol } = new URL(known);
  const isOwn = isLoopbackName(bareHost(hostname)) && port === String(tap.port);
  return protocol === 'http:' && (isOwn || known === originOf(`http://${tap.authority}`));
}

/** Scheme and authority at the beginning of an address, as they are written. */
function originPrefix(address: string): string | undefined {
  return /^https?:\/\/[^/?#]*/i.exec(address)?.[0];
}

/** `map` gives undefined for a field that is left out; its other form is then the empty text. */
function mapFields<H extends Head>(
  head: H,
  side: 'request' | 'response',
  map: (name: string, value: string) => string | undefined,
): Mapped<H> {
  const mapped: [string, string, string][] = [];
  const fields = head.fields.flatMap((field): readonly HeadField[] => {
    const value = map(field.name.toLowerCase(), field.value);
    if (value === field.value) {
      return [field];
    }
    const other = value ?? '';
    mapped.push(
      side === 'request' ? [field.name, field.value, other] : [field.name, other, field.value],
    );
    return value === undefined ? [] : [{ name: field.name, value, raw: `${field.name}: ${value}` }];
  });
  return mapped.length === 0 ? { head, mapped } : { head: { ...head, fields }, mapped };
}
