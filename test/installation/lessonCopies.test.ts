import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import {
  changedLessons,
  copyLesson,
  copyLessons,
  newlyChangedLessons,
} from "#dist/installation/lessonCopies.js";
import { resetLesson } from "#dist/installation/resetLesson.js";
import { notebookText } from "./notebookText";
import { temporaryFolder } from "./temporaryFolder";

describe("copies of lessons", () => {
  const inFolder = temporaryFolder();
  const folders = () => ({
    course: inFolder("notebooks"),
    learner: inFolder("work"),
    record: inFolder(".convbook", "copies.json"),
  });
  const publish = (notebook: string, text: string) => {
    mkdirSync(inFolder("notebooks"), { recursive: true });
    writeFileSync(inFolder("notebooks", notebook), text);
  };
  const work = (notebook: string) => readFileSync(inFolder("work", notebook), "utf8");
  const editWork = (notebook: string, text: string) =>
    writeFileSync(inFolder("work", notebook), text);

  it("copyLessons() copies what is missing, without outputs and execution counts", () => {
    publish("00-start.ipynb", notebookText("1 + 1", { executed: true }));
    publish("01-edges.ipynb", notebookText("2 + 2", { executed: true }));
    assert.deepEqual(copyLessons(folders()), ["00-start.ipynb", "01-edges.ipynb"]);
    assert.equal(work("00-start.ipynb"), notebookText("1 + 1", { executed: false }));
  });

  it("copyLessons() never touches what is there", () => {
    publish("00-start.ipynb", notebookText("1 + 1"));
    copyLessons(folders());
    editWork("00-start.ipynb", "mine");
    publish("00-start.ipynb", notebookText("a newer version"));
    assert.deepEqual(copyLessons(folders()), []);
    assert.equal(work("00-start.ipynb"), "mine");
  });

  it("copyLessons() gives back a lesson that the learner has deleted", () => {
    publish("00-start.ipynb", notebookText("1 + 1"));
    copyLessons(folders());
    rmSync(inFolder("work", "00-start.ipynb"));
    assert.deepEqual(copyLessons(folders()), ["00-start.ipynb"]);
  });

  it("copyLessons() without notebooks copies nothing", () => {
    assert.deepEqual(copyLessons(folders()), []);
    assert.equal(existsSync(inFolder("work")), false);
  });

  it("copyLesson() leaves no other files behind", () => {
    publish("00-start.ipynb", notebookText("1 + 1"));
    copyLesson("00-start.ipynb", folders());
    assert.deepEqual(readdirSync(inFolder("work")), ["00-start.ipynb"]);
    assert.deepEqual(readdirSync(inFolder(".convbook")), ["copies.json"]);
  });

  it("changedLessons() lists a lesson whose source has changed since the copy was made", () => {
    publish("00-start.ipynb", notebookText("1 + 1"));
    copyLessons(folders());
    editWork("00-start.ipynb", notebookText("the learner's answer"));
    assert.deepEqual(changedLessons(folders()), []);
    publish("00-start.ipynb", notebookText("a newer version"));
    assert.deepEqual(changedLessons(folders()), ["00-start.ipynb"]);
  });

  it("changedLessons() does not mind new outputs", () => {
    publish("00-start.ipynb", notebookText("1 + 1", { executed: false }));
    copyLessons(folders());
    publish("00-start.ipynb", notebookText("1 + 1", { executed: true }));
    assert.deepEqual(changedLessons(folders()), []);
  });

  it("changedLessons() takes a copy of unknown origin as one of the version at hand", () => {
    publish("00-start.ipynb", notebookText("1 + 1"));
    copyLessons(folders());
    writeFileSync(inFolder(".convbook", "copies.json"), "{ cut off");
    copyLessons(folders());
    assert.deepEqual(changedLessons(folders()), []);
    publish("00-start.ipynb", notebookText("a newer version"));
    assert.deepEqual(changedLessons(folders()), ["00-start.ipynb"]);
  });

  it("newlyChangedLessons() tells of each version once", () => {
    publish("00-start.ipynb", notebookText("1 + 1"));
    copyLessons(folders());
    publish("00-start.ipynb", notebookText("second version"));
    assert.deepEqual(newlyChangedLessons(folders()), ["00-start.ipynb"]);
    assert.deepEqual(newlyChangedLessons(folders()), []);
    publish("00-start.ipynb", notebookText("third version"));
    assert.deepEqual(newlyChangedLessons(folders()), ["00-start.ipynb"]);
  });

  describe("resetLesson", () => {
    const noon = new Date(2026, 2, 1, 12, 30, 5);

    beforeEach(() => {
      publish("02-padding.ipynb", notebookText("zeroPad"));
      copyLessons(folders());
      editWork("02-padding.ipynb", "mine");
    });

    it("resetLesson(lesson) keeps what was there under a name with the time", () => {
      const { fresh, kept } = resetLesson("02-padding", folders(), noon);
      assert.equal(fresh, inFolder("work", "02-padding.ipynb"));
      assert.equal(kept, inFolder("work", "02-padding.2026-03-01_12-30-05.ipynb"));
      assert.equal(readFileSync(kept, "utf8"), "mine");
      assert.equal(work("02-padding.ipynb"), notebookText("zeroPad"));
    });

    it("resetLesson(lesson) twice within a second keeps both versions", () => {
      const first = resetLesson("02-padding", folders(), noon);
      editWork("02-padding.ipynb", "mine again");
      const second = resetLesson("02-padding", folders(), noon);
      assert.equal(readFileSync(first.kept!, "utf8"), "mine");
      assert.equal(readFileSync(second.kept!, "utf8"), "mine again");
    });

    it("resetLesson(number or path) finds the lesson", () => {
      for (const lesson of ["02", "02-padding.ipynb", "work/02-padding.ipynb"])
        assert.equal(
          resetLesson(lesson, folders(), noon).fresh,
          inFolder("work", "02-padding.ipynb"),
        );
    });

    it("resetLesson(deleted lesson) has nothing to keep", () => {
      rmSync(inFolder("work", "02-padding.ipynb"));
      assert.equal(resetLesson("02", folders(), noon).kept, undefined);
      assert.equal(work("02-padding.ipynb"), notebookText("zeroPad"));
    });

    it("resetLesson(changed lesson) makes it current", () => {
      publish("02-padding.ipynb", notebookText("a newer version"));
      assert.deepEqual(changedLessons(folders()), ["02-padding.ipynb"]);
      resetLesson("02", folders(), noon);
      assert.deepEqual(changedLessons(folders()), []);
    });

    it("resetLesson(unknown lesson) lists those that there are", () => {
      assert.throws(() => resetLesson("0", folders()), /no lesson "0"\. There are: 02-padding\./);
      assert.equal(work("02-padding.ipynb"), "mine");
    });
  });
});
