"""Runs cells in the kernel of a Jupyter server, as JupyterLab does: over its REST interface and its websocket.

Reads {"server": "http://…/user/ada/", "token": …, "path": "work/02-padding.ipynb", "cells": […], "seconds": …} from
stdin, and writes one line of JSON per cell: {"status": "ok", "text": what the cell showed}. The kernel is left running.
"""

import asyncio
import json
import sys
import uuid

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect


async def main(server: str, token: str, path: str, cells: list, seconds: float) -> None:
    headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
    session = await AsyncHTTPClient().fetch(
        HTTPRequest(
            server + "api/sessions",
            method="POST",
            headers=headers,
            body=json.dumps(
                {"path": path, "name": path, "type": "notebook", "kernel": {"name": "tslab"}}
            ),
            request_timeout=seconds,
        )
    )
    kernel = json.loads(session.body)["kernel"]["id"]
    address = server.replace("http", "ws", 1) + f"api/kernels/{kernel}/channels"
    channels = await websocket_connect(HTTPRequest(address, headers=headers))
    for cell in cells:
        reply = await asyncio.wait_for(run(channels, cell), seconds)
        print(json.dumps(reply), flush=True)
    channels.close()


async def run(channels, code: str) -> dict:
    request = uuid.uuid4().hex
    await channels.write_message(
        json.dumps(
            {
                "channel": "shell",
                "header": {
                    "msg_id": request,
                    "msg_type": "execute_request",
                    "session": "test",
                    "username": "test",
                    "version": "5.3",
                },
                "parent_header": {},
                "metadata": {},
                "content": {"code": code, "silent": False, "store_history": True},
            }
        )
    )
    text, status = [], None
    idle = False
    while status is None or not idle:
        answer = await channels.read_message()
        if answer is None:
            raise RuntimeError("the server closed the connection")
        message = json.loads(answer)
        if message["parent_header"].get("msg_id") != request:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "execute_reply":
            status = content["status"]
        elif kind == "status":
            idle = content["execution_state"] == "idle"
        elif kind == "stream":
            text.append(content["text"])
        elif kind in ("display_data", "execute_result"):
            text.append(content["data"].get("text/plain", ""))
            text.append(content["data"].get("text/html", ""))
    return {"status": status, "text": "\n".join(text)}


asyncio.run(main(**json.load(sys.stdin)))
