import type { PageOpening } from '../bridge/traceView';

/** Id of the element in which the page brings what is shown first. */
const ELEMENT = 'workbin-inspector-opening';

/** What the page has brought with it; undefined where it came with nothing. The host wrote it for this page. */
export function readOpening(): PageOpening | undefined {
  const text = document.getElementById(ELEMENT)?.textContent ?? '';
  return text === '' ? undefined : (JSON.parse(text) as PageOpening);
}
