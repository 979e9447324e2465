/** Browsers claim to be their ancestors as well: the first that matches is the real one. */
const BROWSERS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\bHeadlessChrome\/(\d+)/, 'Chrome (headless)'],
  [/\b(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)\S* .*\bSafari\//, 'Safari'],
];

/** A short name for who sends a `User-Agent`, such as `Firefox 140` or `desk/2.1`. */
export function applicationName(userAgent: string | undefined): string {
  const text = userAgent?.trim() ?? '';
  if (text === '') {
    return 'Application';
  }
  for (const [pattern, name] of BROWSERS) {
    const version = pattern.exec(text)?.[1];
    if (version !== undefined) {
      return `${name} ${version}`;
    }
  }
  const product = text.split(/\s/, 1)[0] ?? text;
  return product.length > 60 ? `${product.slice(0, 60)}…` : product;
}
