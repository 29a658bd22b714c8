"""Executes notebooks, each in a kernel of its own, and reports every cell as it ends.

Reads one JSON object from stdin:
    {"kernel": "tslab", "parallel": 2, "seconds": 120, "folder": "...", "notebooks": {"name": notebook, ...}}
`seconds` is the most that one cell may take; `folder` is where the kernels start.

Prints JSON lines:
    {"name", "cell", "status", "seconds", "silence"}   a code cell has ended; silence is the longest time in
                                                       which it showed nothing new
    {"name", "notebook"}                               the notebook has ended, with the outputs so far

A kernel may report a failure by nothing but its reply's status (tslab does: no error output, no name of an
exception), and it aborts the cells that it has already been sent. So one cell is sent at a time, and the
first reply that is not "ok" ends the notebook.
"""

import asyncio
import json
import os
import sys
import tempfile
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

OUTPUT_MESSAGES = {"stream", "display_data", "update_display_data", "execute_result"}


class WatchedClient(NotebookClient):
    """A client that knows how long its cell has been silent."""

    def start_watch(self):
        self.last_sign = time.monotonic()
        self.silence = 0.0

    def sign_of_life(self):
        now = time.monotonic()
        self.silence = max(self.silence, now - self.last_sign)
        self.last_sign = now

    def process_message(self, msg, cell, cell_index):
        if msg["msg_type"] in OUTPUT_MESSAGES:
            self.sign_of_life()
        return super().process_message(msg, cell, cell_index)


def report(**event):
    print(json.dumps(event), flush=True)


async def execute_cell(client, cell, index, count):
    """Executes one code cell and gives its reply's status, or why there was no reply."""
    replies = []
    client.on_cell_executed = lambda execute_reply, **_: replies.append(execute_reply)
    try:
        await client.async_execute_cell(cell, index, execution_count=count)
    except CellTimeoutError:
        return "timeout"
    except DeadKernelError:
        return "dead"
    return replies[0]["content"]["status"]


async def execute_notebook(name, notebook, task):
    client = WatchedClient(
        notebook,
        kernel_name=task["kernel"],
        timeout=task["seconds"],
        allow_errors=True,  # the status is judged here
        record_timing=False,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": task["folder"]}},
    )
    # Each notebook begins like a learner who has done nothing yet, and leaves no trace in the real record.
    with tempfile.TemporaryDirectory() as record:
        environment = {**os.environ, "CONVBOOK_PROGRESS": os.path.join(record, "progress.json")}
        # A kernel's own prints must not get between the reports.
        async with client.async_setup_kernel(env=environment, stdout=sys.stderr):
            await execute_cells(client, name, notebook)
    report(name=name, notebook=notebook)


async def execute_cells(client, name, notebook):
    reply = await client.kc.kernel_info(reply=True, timeout=60)
    notebook.metadata["language_info"] = reply["content"]["language_info"]
    cells = [
        (index, cell)
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and cell.source.strip()
    ]
    for count, (index, cell) in enumerate(cells, start=1):
        started = time.monotonic()
        client.start_watch()
        status = await execute_cell(client, cell, index, count)
        client.sign_of_life()
        seconds = time.monotonic() - started
        report(name=name, cell=index, status=status, seconds=seconds, silence=client.silence)
        if status != "ok":
            break


async def execute_all(task):
    gate = asyncio.Semaphore(task["parallel"])

    async def execute(name, notebook):
        async with gate:
            await execute_notebook(name, nbformat.from_dict(notebook), task)

    await asyncio.gather(*(execute(*entry) for entry in task["notebooks"].items()))


if __name__ == "__main__":
    asyncio.run(execute_all(json.load(sys.stdin)))
