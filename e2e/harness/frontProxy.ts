import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** A proxy before the server, as people have them: with its own idea of WebSockets, of streams, and of time. */
export class FrontProxy {
  /**
   * What becomes of an upgrade: it goes through, is refused, is answered like any request, hears nothing, or opens and
   * brings nothing.
   */
  webSockets: 'pass' | 'refuse' | 'answer' | 'hang' | 'swallow' = 'pass'
  /** Passes an answer on only when all of it is there. */
  holdsBack = false
  /** What the server says takes this long; milliseconds. */
  delay = 0
  /** Upgrades that were asked for, streams that were ever opened, and those that are open. */
  readonly seen = { upgrades: 0, streams: 0, open: 0 }
  readonly url: string
  readonly port: number
  readonly #target: number
  readonly #server: Server
  readonly #sockets = new Set<Duplex>()

  private constructor(server: Server, port: number, target: number) {
    this.#server = server
    this.#target = target
    this.port = port
    this.url = `http://127.0.0.1:${port}`
    server.on('connection', (socket) => this.#hold(socket))
    server.on('request', (asked, answer) => this.#forward(asked, answer))
    server.on('upgrade', (asked, socket, head) => this.#upgrade(asked, socket, head))
  }

  /** Before the port `target`, where nothing needs to listen yet. */
  static async start(target: number): Promise<FrontProxy> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return new FrontProxy(server, address.port, target)
  }

  /** Breaks every connection. */
  cut(): void {
    for (const socket of [...this.#sockets]) socket.destroy()
  }

  async stop(): Promise<void> {
    this.#server.close()
    this.cut()
    await once(this.#server, 'close')
  }

  #forward(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, url: path, headers } = asked
    const onward = request({ host: '127.0.0.1', port: this.#target, method, path, headers })
    onward.on('socket', (socket) => this.#hold(socket))
    onward.on('error', () => answer.destroy())
    answer.on('close', () => onward.destroy())
    onward.on('response', (told) => {
      if (told.headers['content-type'] === 'text/event-stream' && path === '/sync/stream') {
        this.seen.streams++
        this.seen.open++
        told.on('close', () => this.seen.open--)
      }
      const held: Buffer[] = []
      told.on('data', (chunk: Buffer) => {
        if (this.holdsBack) held.push(chunk)
        else this.#later(() => this.#begin(answer, told).write(chunk))
      })
      told.on('end', () => this.#later(() => this.#begin(answer, told).end(Buffer.concat(held))))
      told.on('error', () => answer.destroy())
    })
    asked.pipe(onward)
  }

  #begin(answer: ServerResponse, told: IncomingMessage): ServerResponse {
    if (!answer.headersSent) answer.writeHead(told.statusCode ?? 502, told.headers)
    return answer
  }

  #upgrade(asked: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.seen.upgrades++
    socket.on('error', () => socket.destroy())
    if (this.webSockets === 'hang') return
    if (this.webSockets === 'refuse') {
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
      return
    }
    if (this.webSockets === 'answer') {
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno')
      return
    }
    const onward: Socket = connect(this.#target, '127.0.0.1')
    this.#hold(onward)
    const lines = Array.from({ length: asked.rawHeaders.length / 2 }, (_, index) => {
      return `${asked.rawHeaders[index * 2]}: ${asked.rawHeaders[index * 2 + 1]}`
    })
    onward.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    onward.write(head)
    socket.pipe(onward)
    const swallows = this.webSockets === 'swallow'
    let opened = false
    onward.on('data', (chunk) => {
      // The first is the answer to the upgrade; the server says nothing before it is spoken to.
      if (!opened || !swallows) this.#later(() => socket.write(chunk))
      opened = true
    })
    onward.on('close', () => socket.destroy())
    socket.on('close', () => onward.destroy())
  }

  #hold(socket: Duplex): void {
    // A connection that is kept brings one request after another.
    if (this.#sockets.has(socket)) return
    this.#sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#sockets.delete(socket))
  }

  #later(run: () => void): void {
    if (this.delay === 0) run()
    else setTimeout(run, this.delay)
  }
}
