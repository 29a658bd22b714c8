import fs from "node:fs";
import type * as Playwright from "playwright-core";

/** Where Debian, Ubuntu and macOS put Chromium and its relatives. */
const PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/** The browser that `CHROMIUM_PATH` names, else a Chromium on this machine, else nothing. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  return [...(named ? [named] : []), ...PATHS].find((file) => fs.existsSync(file));
}

/** Starts a Chromium that talks to nobody but the pages it is sent to. */
export function launchChromium(executablePath: string): Promise<Playwright.Browser> {
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  const { chromium } = require("playwright-core") as typeof Playwright; // slow to load
  return chromium.launch({ executablePath, args, headless: true });
}
