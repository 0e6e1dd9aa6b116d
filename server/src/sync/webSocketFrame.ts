/**
 * A binary WebSocket message (RFC 6455, 5.2: one unmasked frame) of two parts, in one buffer. `ws` writes a frame's
 * header and its payload as two chunks; for a broadcast of small frames that costs more than the frames themselves.
 */
export function webSocketFrame(address: Uint8Array, body: Uint8Array): Buffer {
  const frame = begin(address, body.length, body.length)
  frame.set(body, frame.length - body.length)
  return frame
}

/** The same up to its body, which has `length` bytes and follows by itself. */
export const webSocketHead = (address: Uint8Array, length: number): Buffer => begin(address, length, 0)

/** Header and address, with `room` bytes behind them. */
function begin(address: Uint8Array, bodyLength: number, room: number): Buffer {
  const length = address.length + bodyLength
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + address.length + room)
  frame[0] = 0x82
  if (header === 2) frame[1] = length
  else if (header === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(address, header)
  return frame
}
