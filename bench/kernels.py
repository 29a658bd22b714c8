"""Times kernels as a learner meets them, through jupyter_client, in interleaved rounds.

Reads {"kernels": [name, ...], "rounds": 3, "lessons": [path of a notebook, ...]} from stdin; prints
{"quantities": {kernel: {quantity: [a value a round]}}, "lessons": {path: {kernel: memory after all its cells}}}.
Lessons are run once, by the kernels for TypeScript.
Times are seconds on the clock, memory is the kernel's resident set in MiB when all has been quiet for a while, `null`
what a kernel cannot do.
"""

import json
import os
import statistics
import sys
import time

import psutil
from jupyter_client.manager import KernelManager

LOOP = {
    "ts": "let sum = 0; for (let i = 0; i < 1e7; i++) sum += i % 7;",
    "py": "sum_ = 0\nfor i in range(300000): sum_ += i % 7",
}
IN_FUNCTION = {
    "ts": "function work() { let sum = 0; for (let i = 0; i < 1e7; i++) sum += i % 7; return sum; }\nwork();",
    "py": "def work():\n    total = 0\n    for i in range(300000): total += i % 7\n    return total\nwork()",
}


QUIET = 4  # seconds
QUIET_AFTER_LESSON = 25  # the engine gives its threads and its memory back after 20


def execute(client, code):
    """Seconds from the request to `idle`."""
    started = time.perf_counter()
    message = client.execute(code)
    while True:
        got = client.get_iopub_msg(timeout=600)
        if got["parent_header"].get("msg_id") != message:
            continue
        if got["msg_type"] == "error":
            raise RuntimeError("\n".join(got["content"]["traceback"]))
        if got["msg_type"] == "status" and got["content"]["execution_state"] == "idle":
            return time.perf_counter() - started


def memory(manager, quiet):
    """What the kernel holds when it has been left alone: ours collects garbage then, and gives back what is free."""
    time.sleep(quiet)
    process = psutil.Process(manager.provisioner.pid)
    return process.memory_info().rss / 2**20


def measure(kernel):
    python = kernel == "python3"
    language = "py" if python else "ts"
    started = time.perf_counter()
    manager = KernelManager(kernel_name=kernel)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        found = {"ready": time.perf_counter() - started}
        execute(client, "1 + 1")
        found["first cell done"] = time.perf_counter() - started
        simple = ["x%d = %d" % (i, i) if python else f"let x{i} = {i};" for i in range(12)]
        found["simple cell"] = statistics.median(execute(client, code) for code in simple)
        flood = "for i in range(20000): print(i)" if python else "for (let i = 0; i < 20000; i++) console.log(i);"
        found["20,000 lines"] = execute(client, flood)
        found["loop at cell level"] = execute(client, LOOP[language])
        found["loop in a function"] = execute(client, IN_FUNCTION[language])
        if python:
            found.update({"import convbook": None, "library cell": None})
        else:
            found["import convbook"] = execute(
                client, 'import { tensor, conv2d, zeros } from "convbook"; zeros([1]).size'
            )
            cells = [
                f"const y{i} = conv2d(zeros([1, 8, 8, 1]), zeros([3, 3, 1, {i + 1}])); y{i}.shape"
                for i in range(8)
            ]
            found["library cell"] = statistics.median(execute(client, code) for code in cells)
        found["memory"] = memory(manager, QUIET)
        return found
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def memory_after(kernel, path):
    """Runs a notebook's cells, and says what the kernel holds after them."""
    with open(path, encoding="utf8") as file:
        cells = [cell for cell in json.load(file)["cells"] if cell["cell_type"] == "code"]
    manager = KernelManager(kernel_name=kernel)
    manager.start_kernel(cwd=os.path.dirname(path))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        for cell in cells:
            execute(client, "".join(cell["source"]))
        return memory(manager, QUIET_AFTER_LESSON)
    except RuntimeError as error:
        print(f"{path} in {kernel}: {error}", file=sys.stderr)
        return None
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main():
    task = json.load(sys.stdin)
    rounds = [{kernel: measure(kernel) for kernel in task["kernels"]} for _ in range(task["rounds"])]
    quantities = rounds[0][task["kernels"][0]]
    print(
        json.dumps(
            {
                "quantities": {
                    kernel: {name: [one[kernel][name] for one in rounds] for name in quantities}
                    for kernel in task["kernels"]
                },
                "lessons": {
                    path: {
                        kernel: memory_after(kernel, path)
                        for kernel in task["kernels"]
                        if kernel != "python3"
                    }
                    for path in task["lessons"]
                },
            }
        )
    )


if __name__ == "__main__":
    main()
