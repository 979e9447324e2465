/**
 * Who may speak to a tap. A page of a foreign site can make a browser send requests to a loopback port, and
 * a foreign name can be made to resolve to 127.0.0.1; both show in `Origin` and `Host`.
 */
import { bareHost, type Target } from './target';

/** Says why a request is refused, in a sentence; undefined when it may pass. */
export type AccessCheck = (
  host: string | undefined,
  origin: string | undefined,
) => string | undefined;

/**
 * Lets pass: loopback names (the tap's own address is one), the target's own name and origin, and what is
 * named in `allowed`: origins such as `https://desk.example.com`, or bare host names.
 */
export function createAccessCheck(target: Target, allowed: readonly string[]): AccessCheck {
  const origins = new Set(allowed.map((name) => originOf(name) ?? name.toLowerCase()));
  origins.add(target.origin);
  const hosts = new Set(allowed.map((name) => hostOf(originOf(name) ?? `http://${name}`)));
  hosts.add(target.host);

  return (host, origin) => {
    if (host !== undefined) {
      const name = hostOf(`http://${host}`);
      if (name === undefined || !(isLoopbackName(name) || hosts.has(name))) {
        return refusal('Host', host);
      }
    }
    if (origin !== undefined && !originPasses(origin)) {
      return refusal('Origin', origin);
    }
    return undefined;
  };

  function originPasses(origin: string): boolean {
    const known = originOf(origin);
    if (known === undefined) {
      return origins.has(origin.toLowerCase());
    }
    const name = hostOf(known);
    const named = allowed.some(
      (entry) => originOf(entry) === undefined && hostOf(`http://${entry}`) === name,
    );
    return origins.has(known) || named || (name !== undefined && isLoopbackName(name));
  }
}

/** True for `localhost`, names below it, 127.0.0.0/8 and ::1. */
export function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
  );
}

/** Scheme, host and port of an http or https address in their normal form; undefined for anything else. */
export function originOf(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address)) {
    return undefined;
  }
  try {
    return new URL(address).origin;
  } catch {
    return undefined;
  }
}

function hostOf(address: string): string | undefined {
  // A user part would hide which host is meant.
  if (address.includes('@')) {
    return undefined;
  }
  try {
    return bareHost(new URL(address).hostname);
  } catch {
    return undefined;
  }
}

function refusal(field: string, value: string): string {
  const shown = value.length > 100 ? `${value.slice(0, 100)}…` : value;
  return (
    `Workbin Inspector's tap refused this request: its ${field} "${shown}" is neither this machine nor the ` +
    'tapped server. Name it when the tap is started to let it pass.'
  );
}
