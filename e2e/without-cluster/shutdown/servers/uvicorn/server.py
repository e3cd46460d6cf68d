import asyncio
import os
import threading

import uvicorn

leaving = False


async def shop(scope, receive, send):
    assert scope["type"] == "http"
    if scope["path"] == "/slow":
        await asyncio.sleep(2)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def app(scope, receive, send):
    async def send_and_close(message):
        if leaving and message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"connection", b"close")]
        await send(message)

    await shop(scope, receive, send_and_close)


class Server(uvicorn.Server):
    def handle_exit(self, sig, frame):
        global leaving
        leaving = True
        threading.Timer(10, super().handle_exit, (sig, frame)).start()


if __name__ == "__main__":
    config = uvicorn.Config(app, host="0.0.0.0", port=int(os.environ["PORT"]))
    Server(config).run()
