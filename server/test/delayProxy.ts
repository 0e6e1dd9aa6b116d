import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A TCP proxy that delays every chunk, keeps their order, and can cut all connections or refuse new ones. */
export interface DelayProxy {
  url: string
  /** Milliseconds, each way. */
  delay: number
  refusing: boolean
  cut(): void
  stop(): Promise<void>
}

export async function startDelayProxy(target: string, delay: number): Promise<DelayProxy> {
  const { hostname, port, pathname } = new URL(target)
  const sockets = new Set<Socket>()
  const pipe = (from: Socket, to: Socket) => {
    sockets.add(from)
    from.on('data', (chunk) => {
      setTimeout(() => {
        if (!to.destroyed) to.write(chunk)
      }, proxy.delay)
    })
    from.on('close', () => {
      sockets.delete(from)
      setTimeout(() => to.destroy(), proxy.delay)
    })
    from.on('error', () => {})
  }
  const server = createServer((client) => {
    if (proxy.refusing) {
      client.destroy()
      return
    }
    const upstream = connect(Number(port), hostname)
    pipe(client, upstream)
    pipe(upstream, client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: DelayProxy = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    delay,
    refusing: false,
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    async stop() {
      proxy.cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return proxy
}
