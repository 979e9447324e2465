import type { PeerCertificate } from 'node:tls';
import { cutText } from '../../core/protocol/cutText';

const MAX_TEXT = 300;

/** What a person wants to know of a certificate, a line each; names as the certificate has them, cut where they are huge. */
export function certificateLines(certificate: Partial<PeerCertificate>): readonly string[] {
  const { subject, issuer, subjectaltname, valid_from: from, valid_to: to } = certificate;
  return [
    line('Certificate of', nameOf(subject)),
    line('for', subjectaltname?.replaceAll('DNS:', '').replaceAll('IP Address:', '')),
    line('issued by', nameOf(issuer)),
    line(
      'valid',
      from === undefined || to === undefined ? undefined : `${day(from)} to ${day(to)}`,
    ),
  ].flatMap((text) => text ?? []);
}

function line(what: string, text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : `${what} ${cutText(text, MAX_TEXT)}`;
}

function nameOf(name: PeerCertificate['subject'] | undefined): string | undefined {
  // Any part may be missing, or stand there several times.
  const parts: readonly unknown[] = [name?.CN, name?.O].flat();
  return parts.filter((part) => typeof part === 'string' && part !== '').join(', ');
}

/** `Jan 15 09:00:00 2026 GMT` as a day. */
function day(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : new Date(at).toISOString().slice(0, 10);
}
