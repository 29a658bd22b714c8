"""Drives a kernel as a front end does, and tells what came back.

Reads one JSON object from stdin: {"kernel": "tslab", "steps": [step, ...]}, a step being one of
    {"code", "interruptAfter"?, "interrupts"?, "input"?, "seconds"?}
                                                       executes a cell; interrupts it after that many seconds, and
                                                       tells the clock's seconds and the kernel's processor time to
                                                       its end; answers its question
    {"code", "beats"}                                  executes a cell that prints, then computes; counts the answers to that many
                                                       heartbeats and to questions on control, and interrupts it
    {"settle": seconds}                                waits for late output
    {"queue": [code, ...]}                             sends several cells at once
    {"request": type, "content": {...}}                asks on shell and gives the reply's content
    {"raw": [[frame, ...], ...]}                       sends frames as they are to shell
    {"restart": true}                                  restarts the kernel
Prints a JSON list with an answer for each step.
"""

import json
import queue
import sys
import time

import psutil
import zmq
from jupyter_client.manager import start_new_kernel


class Driver:
    def __init__(self, kernel):
        self.manager, self.client = start_new_kernel(kernel_name=kernel, startup_timeout=120)
        self.cells = []

    def collect(self, message):
        """Puts a published message to the cell that it belongs to."""
        cell = next((c for c in self.cells if c["id"] == message["parent_header"].get("msg_id")), None)
        if cell is None:
            return
        kind, content = message["msg_type"], message["content"]
        cell["sessions"].add(message["header"]["session"])
        cell["order"].append(content.get("execution_state", kind))
        if kind == "stream":
            cell[content["name"]] += content["text"]
        elif kind == "execute_result":
            cell["result"] = content["data"]
        elif kind in ("display_data", "update_display_data"):
            cell["displays"].append(content)
        elif kind == "error":
            cell["errors"].append("\n".join(content["traceback"]))
        elif kind == "execute_input":
            cell["count"] = content["execution_count"]

    def send(self, code, **options):
        cell = {
            "stdout": "", "stderr": "", "displays": [], "errors": [], "order": [], "sessions": set(),
        }
        cell["id"] = self.client.execute(code, **options)
        self.cells.append(cell)
        return cell

    def wait(self, cell, seconds=60, interrupt_after=None, line=None, interrupts=1):
        started = time.monotonic()
        interrupted = None
        cell["interrupts"] = 0
        while "idle" not in cell["order"]:
            now = time.monotonic() - started
            if now > seconds:
                cell["status"] = "timeout"
                return
            sent = cell["interrupts"]
            if interrupt_after is not None and sent < interrupts and now > interrupt_after + 0.03 * sent:
                if sent == 0:
                    used = self.processor_time()
                    interrupted = time.monotonic()
                cell["interrupts"] += 1
                # The manager's own interrupt has the identities of the client's messages.
                self.client.control_channel.send(self.client.session.msg("interrupt_request", {}))
            if line is not None:
                try:
                    cell["prompt"] = self.client.get_stdin_msg(timeout=0.05)["content"]["prompt"]
                    self.client.input(line)
                    line = None
                except queue.Empty:
                    pass
            self.listen(0.05 if interrupts == 1 else 0.01)
        if interrupted is not None:
            cell["secondsToEnd"] = time.monotonic() - interrupted
            cell["processorTimeToEnd"] = self.processor_time() - used
        cell["seconds"] = time.monotonic() - started
        reply = self.reply_to(cell["id"])
        cell["status"] = reply["status"]
        cell["ename"] = reply.get("ename")

    def processor_time(self):
        """Seconds that the kernel has computed so far, in all its threads."""
        times = psutil.Process(self.manager.provisioner.pid).cpu_times()
        return times.user + times.system

    def beats(self, cell, count, seconds=60):
        """How many of the heartbeats, and of as many questions on control, are answered while the cell runs."""
        while "stream" not in cell["order"]:
            self.listen(0.05)
        cell["beats"] = cell["answers"] = 0
        heart = zmq.Context.instance().socket(zmq.REQ)
        heart.linger = 0
        heart.connect(self.manager._make_url("hb"))
        for i in range(count):
            heart.send(b"%d" % i)
            cell["beats"] += heart.poll(seconds * 1000) != 0 and heart.recv() == b"%d" % i
            question = self.client.session.msg("kernel_info_request", {})
            self.client.control_channel.send(question)
            answer = self.client.get_control_msg(timeout=seconds)
            cell["answers"] += answer["parent_header"]["msg_id"] == question["header"]["msg_id"]
        heart.close()
        while self.listen(0):
            pass
        cell["ranOn"] = cell["order"].count("idle") == 0

    def listen(self, seconds):
        try:
            self.collect(self.client.get_iopub_msg(timeout=seconds))
            return True
        except queue.Empty:
            return False

    def reply_to(self, message_id, seconds=30):
        while True:
            reply = self.client.get_shell_msg(timeout=seconds)
            if reply["parent_header"].get("msg_id") == message_id:
                return reply["content"]

    def step(self, step):
        if "code" in step:
            cell = self.send(step["code"], allow_stdin="input" in step)
            if "beats" in step:
                self.beats(cell, step["beats"])
                step["interruptAfter"] = 0
            self.wait(cell, step.get("seconds", 120), step.get("interruptAfter"), step.get("input"), step.get("interrupts", 1))
            return cell
        if "queue" in step:
            cells = [self.send(code) for code in step["queue"]]
            for cell in cells:
                self.wait(cell)
            return cells
        if "request" in step:
            message = self.client.session.msg(step["request"], step["content"])
            self.client.shell_channel.send(message)
            return self.reply_to(message["header"]["msg_id"])
        if "raw" in step:
            for frames in step["raw"]:
                self.client.shell_channel.socket.send_multipart([f.encode() for f in frames])
            return None
        if "settle" in step:
            end = time.monotonic() + step["settle"]
            while time.monotonic() < end:
                self.listen(0.05)
            return None
        if "restart" in step:
            self.client.stop_channels()
            self.manager.restart_kernel()
            self.client = self.manager.client()
            self.client.start_channels()
            self.client.wait_for_ready(timeout=120)
            return None
        raise ValueError(f"what is {step}?")

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()


def main():
    task = json.load(sys.stdin)
    driver = Driver(task["kernel"])
    try:
        answers = [driver.step(step) for step in task["steps"]]
    finally:
        driver.close()
    print(json.dumps(answers, default=list))


if __name__ == "__main__":
    main()
