/**
 * Runs in the browser: puts what was written into the fields, and gives it back as a file. It knows a card by its number
 * alone; whose it is stands in the page's data, so that no name is ever taken for markup.
 */
export const REVIEW_SCRIPT = `"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var cards = Array.from(document.querySelectorAll("[data-card]"));
  var sections = Array.from(document.querySelectorAll("section"));
  var state = document.getElementById("state");
  var others = [];
  var isDirty = false;
  var draft = "convbook-review-" + data.key;

  function fields(card) {
    var named = function (name) { return card.querySelector("[name=" + name + "]"); };
    return { points: named("points"), reason: named("reason"), comment: named("comment") };
  }
  function keyOf(row) {
    return JSON.stringify([row.student, row.lesson || "", row.exercise || ""]);
  }
  var byKey = new Map(cards.map(function (card) {
    return [keyOf(data.cards[card.dataset.card]), card];
  }));

  function show(rows) {
    others = [];
    cards.forEach(function (card) {
      var of = fields(card);
      of.points.value = of.reason.value = of.comment.value = card.dataset.given = "";
    });
    rows.forEach(function (row) {
      var card = byKey.get(keyOf(row));
      if (!card) return others.push(row);
      var of = fields(card);
      of.points.value = card.dataset.given = row.points === undefined ? "" : String(row.points);
      of.reason.value = row.reason || "";
      of.comment.value = row.comment || "";
    });
    cards.forEach(mark);
  }

  // What a file holds may have been written by hand.
  function rowsIn(text) {
    var rows = JSON.parse(text);
    if (!Array.isArray(rows)) throw new Error("it holds no list of rows.");
    rows.forEach(function (row, i) {
      var where = "row " + (i + 1);
      if (typeof row !== "object" || row === null || typeof row.student !== "string") throw new Error(where + " names no student.");
      if (row.points === undefined || row.points === "") return delete row.points;
      var points = typeof row.points === "string" ? Number(row.points) : row.points;
      if (typeof points !== "number" || !isFinite(points) || points < 0)
        throw new Error(where + ": points must be a number of at least 0, but is " + JSON.stringify(row.points) + ".");
      row.points = points;
    });
    return rows;
  }

  function rowOf(card) {
    var of = fields(card);
    var row = Object.assign({}, data.cards[card.dataset.card]);
    if (of.points.value.trim() !== "") {
      row.points = Number(of.points.value);
      row.reason = of.reason.value.trim();
    }
    if (of.comment.value.trim() !== "") row.comment = of.comment.value.trim();
    return row.points === undefined && row.comment === undefined ? undefined : row;
  }
  function rows() {
    return others.concat(cards.map(rowOf).filter(Boolean));
  }
  function problemOf(card) {
    var of = fields(card);
    if (of.points.validity.badInput || of.points.validity.rangeUnderflow) return "Points are a number of at least 0.";
    // Who opens a file in which more was given has meant it.
    if (of.points.validity.rangeOverflow && of.points.value !== card.dataset.given)
      return "There are " + of.points.max + " points, and more is a bonus: write it into the file, or set it in points.csv.";
    if (of.points.value.trim() !== "" && of.reason.value.trim() === "") return "Points need a reason.";
    if (of.points.value.trim() === "" && of.reason.value.trim() !== "") return "A reason needs points.";
    return "";
  }

  function mark(card) {
    card.classList.toggle("written", rowOf(card) !== undefined);
    card.querySelector(".problem").textContent = problemOf(card);
  }
  function tell(text) {
    var count = cards.filter(function (card) { return card.classList.contains("written"); }).length;
    state.textContent = count + " of " + cards.length + " written to. " + (text || "");
  }
  function changed(card) {
    mark(card);
    isDirty = true;
    try { localStorage.setItem(draft, JSON.stringify(rows())); } catch (error) { /* then there is no draft */ }
    tell("Not saved yet.");
  }

  document.addEventListener("input", function (event) {
    var card = event.target.closest("[data-card]");
    if (card) changed(card);
  });
  document.getElementById("save").addEventListener("click", function () {
    var wrong = cards.find(function (card) { return problemOf(card) !== ""; });
    if (wrong) {
      choose(wrong.closest("section").id);
      wrong.scrollIntoView({ block: "center" });
      fields(wrong).reason.focus();
      return tell("Not saved: " + problemOf(wrong));
    }
    var file = new Blob([JSON.stringify(rows(), undefined, 2) + "\\n"], { type: "application/json" });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = data.file;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    isDirty = false;
    try { localStorage.removeItem(draft); } catch (error) { /* there was none */ }
    tell("Saved as " + data.file + ": grade again with --overrides " + data.file + ".");
  });
  document.getElementById("open").addEventListener("change", function (event) {
    var file = event.target.files[0];
    if (!file) return;
    file.text().then(function (text) {
      show(rowsIn(text));
      isDirty = false;
      tell("Opened " + file.name + ".");
    }).catch(function (error) { tell("This file cannot be read: " + error.message); });
  });
  document.querySelectorAll("button.same").forEach(function (button) {
    button.addEventListener("click", function () {
      var card = button.closest("[data-card]");
      var from = fields(card);
      cards.forEach(function (other) {
        if (other === card || other.dataset.same !== card.dataset.same) return;
        var to = fields(other);
        ["points", "reason", "comment"].forEach(function (name) { to[name].value = from[name].value; });
        changed(other);
      });
    });
  });

  var chooser = document.getElementById("chooser");
  function choose(id) {
    chooser.value = id;
    sections.forEach(function (section) { section.hidden = section.id !== id; });
  }
  chooser.addEventListener("change", function () { choose(chooser.value); });
  if (sections.length > 0) choose(sections[0].id);
  window.addEventListener("beforeunload", function (event) {
    if (isDirty) event.preventDefault();
  });

  var kept = null;
  try { kept = localStorage.getItem(draft); } catch (error) { /* then there is no draft */ }
  try { if (kept !== null) kept = rowsIn(kept); } catch (error) { kept = null; }
  show(kept === null ? data.rows : kept);
  isDirty = kept !== null;
  tell(kept === null ? "" : "This is what you had written and not saved.");
})();
`;
