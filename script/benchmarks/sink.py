"""A mail server on loopback that takes everything and keeps nothing; prints its port.

Barely more than the words of RFC 5321, so that what is measured is the sender.
"""

import asyncio

ANSWERS = {b"EHLO": b"250 sink", b"DATA": b"354 go on", b"QUIT": b"221 bye"}
END = b"\r\n.\r\n"


async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        word = line[:4].upper()
        writer.write(ANSWERS.get(word, b"250 OK") + b"\r\n")
        if word == b"DATA":
            await reader.readuntil(END)
            writer.write(b"250 OK\r\n")
        if word == b"QUIT":
            break
    writer.close()


async def main() -> None:
    server = await asyncio.start_server(talk, "127.0.0.1", 0, limit=2**20)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
