import { type Browser, chromium } from 'playwright-core';
import { tools } from './tools';

/** Starts a real Chromium without a window. The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const { browser } = tools();
  return chromium.launch({
    args: launchArguments,
    ...(browser === undefined
      ? {}
      : {
          executablePath: browser.executable,
          env: {
            ...definedEnvironment(),
            LD_LIBRARY_PATH: browser.libraries,
            FONTCONFIG_FILE: browser.fonts,
          },
        }),
  });
}

const launchArguments: string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--headless=shell',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function definedEnvironment(): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
