// A static server for the browser test: one folder, this machine only, below a path as on a portal.
// Must not read outside the folder.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, resolve, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".csv": "text/csv; charset=utf-8",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".ics": "text/calendar; charset=utf-8",
};

// Strict on purpose: what the site asks beyond this shows up as a console error.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Serves `folder` below `prefix`; resolves to its address and a function that ends it. `around` makes a whole page of a fragment. */
export async function serve(folder, prefix, around) {
  const root = resolve(folder);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    if (pathname === "/favicon.ico") {
      response.writeHead(204).end(); // a browser asks for it unbidden
      return;
    }
    const body = pathname.startsWith(prefix) ? await read(root, pathname.slice(prefix.length)) : null;
    if (body === null) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    if (around && body.type.startsWith("text/html") && !/^<!doctype/i.test(body.bytes)) {
      body.bytes = around(body.bytes.toString("utf8"));
    }
    response
      .writeHead(200, { "content-type": body.type, "content-security-policy": POLICY, "x-content-type-options": "nosniff" })
      .end(body.bytes);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${server.address().port}${prefix}`;
  return { address, close: () => new Promise((done) => server.close(done)) };
}

async function read(root, below) {
  const name = normalize(decodeURIComponent(below));
  const path = join(root, below === "" || below.endsWith("/") ? join(name, "index.html") : name);
  if (path !== root && !path.startsWith(root + sep)) return null;
  try {
    return { bytes: await readFile(path), type: TYPES[extname(path)] ?? "application/octet-stream" };
  } catch {
    return null;
  }
}
