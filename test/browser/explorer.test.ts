import assert from "node:assert/strict";
import { windowExplorer, type WindowExplorerOptions } from "convbook";
import { findChromium, launchChromium } from "#dist/cli/notebooks/chromium.js";
import { slideAlong, unseenEntries } from "#dist/arithmetic/index.js";
import type { Browser, Locator, Page } from "playwright-core";

/** An explorer in a page without JupyterLab, as an exported notebook has it. */
describe("windowExplorer in the browser", function () {
  this.timeout(180_000);

  let browser: Browser | undefined;

  before(async function () {
    const chromium = findChromium();
    if (chromium) {
      browser = await launchChromium(chromium);
      return;
    }
    console.log("    No Chromium was found (CHROMIUM_PATH names one): these tests are left out.");
    this.skip();
  });
  after(() => browser?.close());

  const pages: Page[] = [];
  const faults: string[] = [];
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
    assert.deepEqual(faults.splice(0), []);
  });

  async function pageOf(
    width: number,
    ...explorers: WindowExplorerOptions[]
  ): Promise<{ page: Page; roots: Locator[] }> {
    const page = await browser!.newPage({
      viewport: { width, height: 800 },
      hasTouch: width < 500,
      reducedMotion: "reduce",
    });
    pages.push(page);
    page.on("pageerror", ({ message }) => faults.push(message));
    page.on("request", (request) => {
      if (/^http/.test(request.url())) faults.push(`asked for ${request.url()}`);
    });
    const body = explorers.map((options) => windowExplorer(options).html).join("<hr>");
    await page.setContent(`<!doctype html><body style="margin:8px">${body}`);
    return { page, roots: await page.locator(".cbx").all() };
  }

  const formulaOf = async (root: Locator): Promise<string> =>
    (await root.locator(".cbx-formula div").nth(1).innerText()).replaceAll("\u00a0", " ");
  const verdictOf = (root: Locator) => root.locator(".cbx-verdict").innerText();
  const shownPosition = (root: Locator) => root.locator(".cbx-player p").innerText();
  const slider = (root: Locator, letter: string) =>
    root.getByRole("slider", { name: new RegExp(`^${letter},`) });

  for (const width of [1000, 360]) {
    it(`at ${width} pixels its sliders are dragged, and formula and rows left over follow`, async () => {
      const { page, roots } = await pageOf(width, { n: 7, s: 2 }, { n: 5, p: 1 });
      assert.equal(roots.length, 2);
      const [root, other] = roots;
      const untouched = await other.innerHTML();
      assert.match(await formulaOf(root), /= ⌊4 \/ 2⌋ \+ 1 = 2 \+ 1 = 3$/);
      assert.match(await verdictOf(root), /^Nothing is left over/);

      // By its thumb to the right end and beyond, with the mouse.
      const box = (await slider(root, "n").boundingBox())!;
      const y = box.y + box.height / 2;
      await page.mouse.move(box.x + 8 + ((box.width - 16) * 6) / 11, y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width + 20, y, { steps: 5 });
      await page.mouse.up();
      assert.match(
        await formulaOf(root),
        /^= ⌊\(12 \+ 2·0 − 1·\(3 − 1\) − 1\) \/ 2⌋ \+ 1 = ⌊9 \/ 2⌋ \+ 1 = 4 \+ 1 = 5$/,
      );
      assert.equal(await verdictOf(root), "Left over: 1 row and 1 column are never read.");
      assert.equal(await root.locator(".pixel.unread").count(), 12 + 11);
      await slider(root, "f").focus();
      await page.keyboard.press("End");
      await slider(root, "d").focus();
      await page.keyboard.press("End");
      assert.match(await verdictOf(root), /does not fit: it covers 3·\(5 − 1\) \+ 1 = 13 pixels/);
      assert.equal(await root.locator("[data-output]").count(), 0);
      await slider(root, "p").focus();
      await page.keyboard.press("ArrowRight");
      assert.match(await formulaOf(root), /= 0 \+ 1 = 1$/);
      assert.equal(await other.innerHTML(), untouched, "the other explorer stays as it was");

      const room = (await page.evaluate("document.documentElement.scrollWidth")) as number;
      assert.ok(room <= width, `${room} pixels wide`);
    });

    it(`at ${width} pixels a click on an output cell leads the window there, and it can be dragged`, async () => {
      const { page, roots } = await pageOf(width, { n: 6, s: 2, p: 1 });
      const [root] = roots;
      const output = root.locator('[data-output="1 2"]');
      if (width < 500) await output.tap();
      else await output.click();
      assert.match(
        await shownPosition(root),
        /^Output row 1, column 2 reads rows 1 to 3 and columns 3 to/,
      );
      const window = root.locator("[data-part=window]");
      const before = (await window.boundingBox())!;
      const stride = (2 * before.width) / 3;
      await page.mouse.move(before.x + 12, before.y + 12);
      await page.mouse.down();
      await page.mouse.move(before.x + 12 - 1.6 * stride, before.y + 12 - stride, { steps: 6 });
      await page.mouse.up();
      assert.match(await shownPosition(root), /^Output row 0, column 0 /);
      const after = (await window.boundingBox())!;
      assert.ok(Math.abs(before.x - after.x - 2 * stride) < 6 && after.y < before.y);
      // A click on the input brings the window's middle there.
      await root.locator('[data-cell="5 3"]').click();
      assert.match(await shownPosition(root), /^Output row 2, column 1 /);
    });
  }

  it("is dragged by a finger, which scrolls the page beside the window only", async () => {
    const { page, roots } = await pageOf(360, { n: 8 });
    const [root] = roots;
    await page.locator("body").evaluate((body: unknown) => {
      (body as { style: { height: string } }).style.height = "3000px";
    });
    const devtools = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", x?: number, y?: number) =>
      devtools.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: x === undefined || y === undefined ? [] : [{ x, y }],
      });
    async function swipe(x: number, y: number, right: number, down: number): Promise<number> {
      await touch("touchStart", x, y);
      for (let i = 1; i <= 8; i++)
        await touch("touchMove", x + (right * i) / 8, y + (down * i) / 8);
      await touch("touchEnd");
      return (await page.evaluate("scrollY")) as number;
    }
    await page.evaluate("scrollTo(0, 60)");
    const box = (await root.locator("[data-part=window]").boundingBox())!;
    const cell = box.width / 3;
    assert.equal(await swipe(box.x + 20, box.y + 20, 3 * cell, 4 * cell), 60, "does not scroll");
    assert.match(await shownPosition(root), /^Output row 4, column 3 /);
    assert.equal(await swipe(box.x + 20 + 3 * cell, box.y + 20 + 4 * cell, 0, -2 * cell), 60);
    assert.match(await shownPosition(root), /^Output row 2, column 3 /);
    const formula = (await root.locator(".cbx-formula").boundingBox())!;
    assert.ok((await swipe(formula.x + 50, formula.y + 10, 0, -150)) > 60, "scrolls");
  });

  it("is played, stepped and led by the keyboard", async () => {
    const { page, roots } = await pageOf(1000, { n: 3, f: 2 });
    const [root] = roots;
    await root.getByRole("button", { name: "step forward" }).click();
    assert.match(await shownPosition(root), /^Output row 0, column 1 /);
    await root.getByRole("button", { name: "step forward" }).click();
    assert.match(await shownPosition(root), /^Output row 1, column 0 /);
    await root.getByRole("button", { name: "step back" }).click();
    await root.getByRole("application").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight"); // there is no column 2
    assert.match(await shownPosition(root), /^Output row 1, column 1 /);
    assert.match(
      (await root.getByRole("application").getAttribute("aria-label"))!,
      /^Output row 1, column 1 .* arrow keys/,
    );
    await page.keyboard.press("Home");
    assert.match(await shownPosition(root), /^Output row 0, column 0 /);
    await root.getByRole("button", { name: "play" }).click();
    await root.getByText("Output row 1, column 1").waitFor();
    await root.getByRole("button", { name: "play" }).waitFor(); // it has come to its end
  });

  it("says for every setting of its sliders what the library computes", async () => {
    const { roots } = await pageOf(1000, {});
    type Said = [setting: number[], formula: string, verdict: string];
    const said: Said[] = await roots[0].evaluate((element: unknown) => {
      type Input = { value: string; dispatchEvent(event: unknown): void };
      const root = element as {
        querySelectorAll(selector: string): Iterable<Input>;
        querySelector(selector: string): { textContent: string };
      };
      const inputs = [...root.querySelectorAll("input")];
      const results: Said[] = [];
      const last: number[] = [];
      const set = (i: number, value: number): void => {
        if (last[i] === value) return;
        last[i] = value;
        inputs[i].value = `${value}`;
        inputs[i].dispatchEvent(new Event("input"));
      };
      for (let n = 1; n <= 12; n++)
        for (let f = 1; f <= 5; f++)
          for (let s = 1; s <= 4; s++)
            for (let p = 0; p <= 4; p++)
              for (let d = 1; d <= 3; d++) {
                [n, f, s, p, d].forEach((value, i) => set(i, value));
                const formula = root
                  .querySelector(".cbx-formula div:last-child")
                  .textContent.replaceAll("\u00a0", " ");
                const verdict = root.querySelector(".cbx-verdict").textContent;
                results.push([[n, f, s, p, d], formula, verdict]);
              }
      return results;
    });
    assert.equal(said.length, 3600);
    for (const [[n, f, s, p, d], formula, verdict] of said) {
      const setting = `${n} ${f} ${s} ${p} ${d}: ${formula}; ${verdict}`;
      if (d * (f - 1) + 1 > n + 2 * p) {
        assert.match(verdict, /^The filter does not fit/, setting);
        continue;
      }
      const axis = slideAlong("test", n, f, { stride: s, padding: p, dilation: d });
      assert.ok(formula.endsWith(`+ 1 = ${axis.output}`), setting);
      const leftOver = Number(/^Left over: (\d+)/.exec(verdict)?.[1] ?? 0);
      assert.equal(leftOver, unseenEntries(axis), setting);
    }
  });
});
