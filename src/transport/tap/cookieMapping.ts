import type { Target } from './target';

/**
 * A `Set-Cookie` value (RFC 6265, section 4.1) as an application that speaks plain HTTP to a loopback
 * address can keep it:
 * - `Domain` is dropped where it covers the server: the cookie then belongs to the tap's own address;
 * - `Secure` is dropped where the server was reached over TLS, with `SameSite=None` and `Partitioned`, which
 *   are void without it. Cookies whose name demands `Secure` (`__Secure-`, `__Host-`) keep all three.
 */
export function mapSetCookie(value: string, target: Target): string {
  const [pair = '', ...attributes] = value.split(';');
  const demandsSecure = /^\s*__(?:secure|host)-/i.test(pair);
  const isSecure = attributes.some((attribute) => attributeName(attribute) === 'secure');
  const dropsSecure = target.secure && isSecure && !demandsSecure;
  const kept = attributes.filter((attribute) => {
    switch (attributeName(attribute)) {
      case 'domain':
        return !covers(attributeValue(attribute), target.host);
      case 'secure':
      case 'partitioned':
        return !dropsSecure;
      case 'samesite':
        return !(dropsSecure && attributeValue(attribute) === 'none');
      default:
        return true;
    }
  });
  return kept.length === attributes.length ? value : [pair, ...kept].join(';');
}

function attributeName(attribute: string): string {
  return attribute.split('=', 1)[0]?.trim().toLowerCase() ?? '';
}

function attributeValue(attribute: string): string {
  const at = attribute.indexOf('=');
  return at < 0
    ? ''
    : attribute
        .slice(at + 1)
        .trim()
        .toLowerCase();
}

function covers(domain: string, host: string): boolean {
  const bare = domain.replace(/^\./, '');
  return bare === host || (bare !== '' && host.endsWith(`.${bare}`));
}
