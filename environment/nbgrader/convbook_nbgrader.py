"""What nbgrader has to know of notebooks in the course's kernel and in stock tslab, and of this course's exercises.

nbgrader is made for kernels that say in their reply which exception ended a cell, and that give the value of a
cell's last line as its result. Stock tslab does neither: its reply to a failing cell has no name of an exception, on
which nbgrader 0.9 stops with a KeyError; the cells that come within 200 ms after it are aborted without a word,
for which nbgrader gives full marks; and values are printed. In either kernel a check's value are no points, so that
there is no partial credit. The two classes
below take the place of nbgrader's own, as its configuration allows.
"""

import asyncio
import re

from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.preprocessors import ClearSolutions, Execute
from traitlets import Dict

# The result of an exercise, which `check` adds to its output while nbgrader grades.
RESULT = "application/vnd.convbook.result+json"

# What a check begins with. nbgrader has put the source back by then, if a student has changed it.
CHECK = re.compile(r'await check\("([^"]+)"')

# How an exception is printed.
THROWN = re.compile(r"^(\w*Error|NotAttempted): (.*)$", re.MULTILINE)

# For so long, in seconds, stock tslab aborts what it is sent after a failing cell.
ABORTING = 0.2


class ReleaseStarters(ClearSolutions):
    """Puts the starter where the instructor's version has the solution. Cells of other making are cleared
    between BEGIN SOLUTION and END SOLUTION, as ever."""

    code_stub = Dict(
        {"typescript": "// YOUR CODE HERE\nyourCode();"},
        help="The code that takes the place of a solution",
    ).tag(config=True)

    def preprocess_cell(self, cell, resources, cell_index):
        ours = cell.metadata.get("convbook", {})
        starter = ours.pop("starter", None)
        if starter is None:
            return super().preprocess_cell(cell, resources, cell_index)
        cell.source = starter
        return cell, resources


class ExecuteTslab(Execute):
    """Executes notebooks in what is registered as tslab so that nbgrader sees what came of each cell: a failing cell has an error
    among its outputs, and the check of an exercise has its points as the cell's result."""

    async def on_cell_executed(self, cell, cell_index, execute_reply):
        content = execute_reply["content"]
        status = content["status"]
        if status != "ok":
            error = failure(cell, content)
            others = [output for output in cell.outputs if output.output_type != "error"]
            cell.outputs = [error, *others]
            await asyncio.sleep(2 * ABORTING)
        elif utils.is_grade(cell) and (check := CHECK.match(cell.source)):
            cell.outputs.insert(0, points(cell, exercise=check[1]))


def failure(cell, content):
    """The error that ended a cell. Stock tslab prints it to stderr, an exception below the line that threw it."""
    printed = "".join(output.text for output in cell.outputs if output.get("name") == "stderr")
    reason = printed.strip() or f"the kernel answered: {content['status']}"
    thrown = THROWN.search(reason)
    ename, evalue = thrown.groups() if thrown else ("Error", reason.splitlines()[0])
    return new_output(
        "error",
        ename=content.get("ename") or ename,
        evalue=content.get("evalue") or evalue,
        traceback=content.get("traceback") or reason.splitlines(),
    )


def points(cell, exercise):
    """The points of a check as the result of its cell: nbgrader takes such a number for partial credit. It comes
    first among the outputs, because nbgrader gives nothing to a cell that has printed to stderr before it."""
    results = [output.data[RESULT] for output in cell.outputs if RESULT in output.get("data", {})]
    ours = [result for result in results if result.get("exercise") == exercise]
    if not ours:
        # A cell without a result would get full marks, say where somebody has redefined `check`.
        reason = f"the check of {exercise} gave no result"
        return new_output("error", ename="NoResult", evalue=reason, traceback=[reason])
    fraction = ours[-1]["earned"] / ours[-1]["points"]
    score = round(fraction * float(cell.metadata["nbgrader"]["points"]), 6)
    return new_output("execute_result", {"text/plain": str(score)})
