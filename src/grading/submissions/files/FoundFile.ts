import type { UnreadableNotebook } from "../../../sources";

/** A notebook that was found, in a folder or in a zip; or what stands in the place of one, and cannot be read. */
export interface FoundFile {
  /** Absolute, with forward slashes: what the report shows. Of a zip's member it goes on behind the zip's own name. */
  shown: string;
  /** The same for those who look for names in it: without the endings of zips. */
  called: string;
  /**
   * Its bytes.
   *
   * @throws UnreadableNotebook which says why they cannot be read
   */
  read(): Promise<Buffer>;
  /** Its time of change as ISO 8601, and whose word that is; unknown of what cannot be read. */
  changed(): { at: string; foundIn: string } | undefined;
}

/** What the platform or the instructor put beside the students' files, in a folder or a zip. */
export interface Contents {
  /** The names of the folders in it. */
  folders(): string[];
  /** The text of a file that lies in it; undefined where there is none. */
  text(name: string): string | undefined;
  /** The folder that it lies in itself; absent where nothing but ours lies there. */
  above?: Contents;
}

/** Files or folders that the instructor named. */
export interface SubmissionRoot {
  shown: string;
  called: string;
  contents: Contents;
  files: FoundFile[];
  /** What the instructor should look at. */
  warnings: string[];
  /** Why it cannot be read, where it is a zip. */
  unread?: UnreadableNotebook;
}

export const NOTEBOOK = /\.ipynb$/i;
export const ZIP = /\.zip$/i;
/** Other archives, which are not read. */
export const ARCHIVE = /\.(?:rar|7z|tar|tgz|gz|bz2|xz)$/i;
/** Folders in which nobody's submission is: copies that Jupyter and macOS leave behind. */
export const LEFT_OUT = /^(?:\..*|__MACOSX|node_modules)$/;
/** Larger files are no notebooks that anybody wrote by hand. In MiB. */
export const LARGEST = 64;

export function slashed(file: string): string {
  return process.platform === "win32" ? file.replaceAll("\\", "/") : file;
}
