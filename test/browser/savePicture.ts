import fs from "node:fs";
import { inProject } from "#dist/project/index.js";

/**
 * Saves a picture for README.md, docs/images/NAME.png. Only when it is asked for, so that tests leave no
 * changes behind:
 *
 *     CONVBOOK_PICTURES=1 npx mocha -g "in the browser"
 *
 * @param take takes the picture
 */
export async function savePicture(name: string, take: () => Promise<Buffer>): Promise<void> {
  if (!process.env.CONVBOOK_PICTURES) return;
  const folder = inProject("docs", "images");
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(`${folder}/${name}.png`, await take());
}
