/** What is measured in the page itself. Each function is sent there as text, so it uses nothing of this file. */

declare global {
  interface Window {
    /** When rows were painted, in ms of the page's own clock; undefined before. */
    rowsPainted?: number;
  }
}

/**
 * Runs in every new frame. In the one that holds a web view's page it notes, at that page, the end of the first
 * frame in which rows are seen there. The page itself is written by script, which would end what runs in it.
 */
export function watchFirstRows(): void {
  if (!location.pathname.endsWith('/pre/index.html')) {
    return;
  }
  const rows = '.wi-ladder__rows > .wi-row:not(.wi-row--placeholder), .floor-row';
  const look = (): void => {
    for (const holder of document.querySelectorAll('iframe')) {
      const page = holder.contentWindow;
      const seen = getComputedStyle(holder).visibility !== 'hidden';
      if (page !== null && seen && page.document.querySelector(rows) !== null) {
        // A message that is sent while a frame is prepared arrives after it was painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          page.rowsPainted = page.performance.now();
        };
        port2.postMessage(undefined);
        return;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Milliseconds from where script and style were there to the end of the first frame with rows; undefined before. */
export function firstPaintMs(): number | undefined {
  const loaded = performance
    .getEntriesByType('resource')
    .filter(({ name }) => /\.(js|css)(\?|$)/.test(name))
    .map((entry) => (entry as PerformanceResourceTiming).responseEnd);
  return window.rowsPainted === undefined ? undefined : window.rowsPainted - Math.max(...loaded);
}

/** What scrolling took. */
export interface Scrolled {
  /** Milliseconds between frames. */
  readonly frames: readonly number[];
  /** Milliseconds of the tasks over 50 ms that the page itself had. */
  readonly longTasks: readonly number[];
  /** Frames in which a row was still on its way. */
  readonly blank: number;
}

/** Scrolls for so many frames, by wheel's steps and by a jump every thirty frames, the same way every time. */
export function scrollAndJump(count: number): Promise<Scrolled> {
  const scroller = document.querySelector('.wi-ladder, .floor');
  if (scroller === null) {
    throw new Error('There is nothing to scroll.');
  }
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) {
      // The workbench may share the thread: its tasks are not the page's.
      if (name === 'self') {
        longTasks.push(duration);
      }
    }
  });
  observer.observe({ type: 'longtask' });
  return new Promise((resolve) => {
    const frames: number[] = [];
    let blank = 0;
    let before: number | undefined;
    const step = (now: number): void => {
      if (before !== undefined) {
        frames.push(now - before);
      }
      before = now;
      if (document.querySelector('.wi-row--placeholder') !== null) {
        blank++;
      }
      if (frames.length === count) {
        observer.disconnect();
        resolve({ frames, longTasks, blank });
        return;
      }
      const range = scroller.scrollHeight - scroller.clientHeight;
      const jump = frames.length % 30 === 29;
      scroller.scrollTop = jump ? range * ((frames.length * 0.37) % 1) : scroller.scrollTop + 53;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}
