// Presses a window's close button. WebDriver can only destroy a window, which no person can; a window manager asks the
// program to close it, and that is said here in the few words of the X protocol that it takes.
import { once } from "node:events";
import { createConnection } from "node:net";

/** Asks every visible window on a display to close, as its close button would. Gives how many were asked. */
export async function pressClose(display) {
  const server = await connect(display);
  try {
    const [protocols, close] = [
      await server.atom("WM_PROTOCOLS"),
      await server.atom("WM_DELETE_WINDOW"),
    ];
    let asked = 0;
    for (const window of await server.windows()) {
      if (
        !(await server.visible(window)) ||
        !(await server.property(window, protocols)).includes(close)
      )
        continue;
      server.tell(window, protocols, close);
      asked += 1;
    }
    await server.atom("WM_PROTOCOLS"); // An answer means that all before it was received.
    return asked;
  } finally {
    server.end();
  }
}

async function connect(display) {
  const socket = createConnection(`/tmp/.X11-unix/X${display.name.slice(1)}`);
  socket.setTimeout(5000, () => socket.destroy(new Error("the X server does not answer")));
  await once(socket, "connect");
  const read = reader(socket);
  socket.write(words([0x6c, 1], [0, 1], [11, 2], [0, 2], [0, 2], [0, 2], [0, 2]));
  const head = await read(8);
  if (head[0] !== 1) throw new Error("the X server refuses");
  const setup = await read(head.readUInt16LE(6) * 4);
  const root = setup.readUInt32LE(32 + pad(setup.readUInt16LE(16)) + 8 * setup[21]);

  const answer = async (request) => {
    socket.write(request);
    const reply = await read(32);
    if (reply[0] !== 1) throw new Error(`the X server answered with error ${reply[1]}`);
    return Buffer.concat([reply, await read(reply.readUInt32LE(4) * 4)]);
  };
  const list = (reply, count) =>
    Array.from({ length: count }, (_, index) => reply.readUInt32LE(32 + 4 * index));
  return {
    async atom(name) {
      const text = Buffer.alloc(pad(name.length));
      text.write(name);
      return (
        await answer(
          Buffer.concat([
            words([16, 1], [0, 1], [2 + text.length / 4, 2], [name.length, 2], [0, 2]),
            text,
          ]),
        )
      ).readUInt32LE(8);
    },
    async windows() {
      const reply = await answer(words([15, 1], [0, 1], [2, 2], [root, 4]));
      return list(reply, reply.readUInt16LE(16));
    },
    async visible(window) {
      return (await answer(words([3, 1], [0, 1], [2, 2], [window, 4])))[26] === 2;
    },
    async property(window, name) {
      const reply = await answer(
        words([20, 1], [0, 1], [6, 2], [window, 4], [name, 4], [0, 4], [0, 4], [32, 4]),
      );
      return list(reply, reply[1] === 32 ? reply.readUInt32LE(16) : 0);
    },
    tell(window, kind, what) {
      const message = words(
        [33, 1],
        [32, 1],
        [0, 2],
        [window, 4],
        [kind, 4],
        [what, 4],
        [0, 4],
        [0, 4],
        [0, 4],
        [0, 4],
      );
      socket.write(Buffer.concat([words([25, 1], [0, 1], [11, 2], [window, 4], [0, 4]), message]));
    },
    end: () => socket.end(),
  };
}

const pad = (length) => Math.ceil(length / 4) * 4;

/** Little-endian numbers of the given sizes, one after the other. */
function words(...numbers) {
  const bytes = Buffer.alloc(numbers.reduce((sum, [, size]) => sum + size, 0));
  let at = 0;
  for (const [number, size] of numbers) at = bytes.writeUIntLE(number, at, size);
  return bytes;
}

/** Gives the next so many bytes of a stream. */
function reader(socket) {
  let have = Buffer.alloc(0);
  let more = () => {};
  let failed = () => {};
  socket.on("data", (chunk) => {
    have = Buffer.concat([have, chunk]);
    more();
  });
  socket.on("error", (error) => failed(error));
  return async (count) => {
    while (have.length < count)
      await new Promise((resolve, reject) => ([more, failed] = [resolve, reject]));
    const wanted = have.subarray(0, count);
    have = have.subarray(count);
    return wanted;
  };
}
